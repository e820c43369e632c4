import { readProductPage } from '@gastronom/product-page/read-product-page';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExitCode } from '../exit-code.ts';
import { manageWith } from '../testing/run-manage.ts';

describe('manage shop-demo', () => {
  const { child, ended } = manageWith({}).start('shop-demo', '--port', '0', '--every', '0');
  let url: string;
  beforeAll(async () => {
    url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout?.on('data', (text) => {
        said += text;
        const found = /plays at (http:\S+):/.exec(said)?.[1];
        if (found) resolve(found);
      });
      void ended.then(({ stderr }) => reject(new Error(stderr)));
    });
  });
  afterAll(async () => {
    child.kill('SIGTERM');
    await ended;
  });

  const read = async () => {
    const address = `${url}/goods/000000001`;
    return readProductPage({ text: await (await fetch(address)).text(), url: address }, {});
  };
  const control = async (path: string) => {
    const { status } = await fetch(`${url}/control/${path}`, { method: 'POST' });
    return status;
  };

  it('has pages that can be read, and prices that can be moved', async () => {
    const before = await read();
    const statuses = [await control('price/000000001/49.9'), await control('stock/000000001/0')];
    const after = await read();

    expect(before).toMatchObject({ gtin: '4602920002773', currency: 'RUB', availability: 'IN_STOCK' });
    expect(statuses).toEqual([200, 200]);
    expect(after).toEqual({ ...before, price: '49.90', availability: 'OUT_OF_STOCK' });
  });

  it('has no other pages, and moves nothing else', async () => {
    const { status } = await fetch(`${url}/goods/none`);

    expect(status).toBe(404);
    expect(await control('price/none/1')).toBe(404);
    expect(await control('price/000000001/dear')).toBe(404);
  });

  it('says who came when it ends', async () => {
    child.kill('SIGTERM');
    const { code, stdout } = await ended;

    expect(code).toBe(ExitCode.ok);
    expect(stdout).toContain('read /goods/000000001');
    expect(stdout).toContain('000000001 Пельмени из отборной говядины и свинины: 49.90 RUB, sold out');
  });
});
