import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExitCode } from '../exit-code.ts';
import { folderOf } from '../testing/read-files.ts';
import { type Manage, manageWith } from '../testing/run-manage.ts';

const goods = 'sku;quantity;warehouse\nA-1;150;\nB-2;"12,5";002\n';

describe('manage one-c-demo', () => {
  const folder = folderOf({ 'goods.csv': goods, 'nothing.jsonl': '{"sku":"A-1","name":"Хлеб"}\n' });
  const file = join(folder, 'goods.csv');
  const heard: { secret: string | undefined; body: unknown }[] = [];
  const shop = createServer(async (request, response) => {
    const body = JSON.parse((await request.toArray()).join(''));
    heard.push({ secret: request.headers.authorization, body });
    const isKnown = request.headers.authorization === 'Bearer agreed';
    response.statusCode = isKnown ? 200 : 401;
    response.end(JSON.stringify({ message: isKnown ? 'data received' : 'who is there?' }));
  });
  let manage: Manage;
  let address: string;
  beforeAll(async () => {
    manage = manageWith({ DATA_DIR: folder, ONE_C_WEBHOOK_SECRETS: 'agreed, former' });
    shop.listen(0, '127.0.0.1');
    await once(shop, 'listening');
    address = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/stocks?token=t`;
  });
  afterAll(() => {
    shop.closeAllConnections();
    shop.close();
  });

  it('counts when it is asked, calls back, tells both in a line each, and ends by Ctrl-C', async () => {
    const { child, ended } = manage.start('one-c-demo', '--port', '0', '--file', file, '--delay', '0', '--sell', '0');
    let output = '';
    child.stdout?.on('data', (text) => {
      output += text;
    });
    const said = async (pattern: RegExp) => {
      while (!pattern.test(output)) await once(child.stdout as NodeJS.ReadableStream, 'data');
      return pattern.exec(output)?.[1] ?? '';
    };
    const url = await said(/1C plays at (\S+): 2 counts, warehouse 001, 002\.\n/);
    await said(/Ctrl-C ends it/);
    const ask = () =>
      fetch(`${url}/api/stocks/sync`, {
        method: 'POST',
        body: JSON.stringify({ warehouse_id_1c: 2, callback_url: address }),
      });

    await ask();
    await said(/(called back .* 200)/);
    await fetch(`${url}/control/fault/wrong-secret`, { method: 'POST' });
    await ask();
    await said(/(called back .* 401)/);
    child.kill('SIGINT');
    const { code, stderr, stdout } = await ended;

    expect({ code, stderr }).toEqual({ code: ExitCode.ok, stderr: '' });
    expect(heard[0]).toEqual({
      secret: 'Bearer agreed',
      body: { warehouse_id_1c: 2, items: [{ nomenclature_code: 'B-2', quantity: '12,5' }] },
    });
    const lines = stdout.split('\n').flatMap((line) => /^\d\d:\d\d:\d\d {2}(.*)$/.exec(line)?.[1] ?? []);
    expect(lines).toEqual([
      'asked to count warehouse 2: counts for 0 s',
      'called back with 1 count of warehouse 002: 200 data received',
      'from now on it calls back with a secret that is not the agreed one (wrong-secret)',
      'asked to count warehouse 2: counts for 0 s',
      'called back with 1 count of warehouse 002: 401 who is there? (it must run with the same DATA_DIR, or the same ONE_C_WEBHOOK_SECRETS)',
    ]);
  });

  it.each([
    [['--fault', 'fire'], 'Allowed choices are none, slow, down'],
    [['--port', 'http'], 'A port from 0 to 65535 is expected.'],
    [['--url', 'shop'], 'An address such as http://localhost:4000 is expected.'],
    [['--delay', 'long'], 'A number of seconds is expected.'],
    [['--file', join(folder, 'none.csv')], 'there is no such file'],
    [['--file', join(folder, 'nothing.jsonl')], 'tells no stock of any good'],
    [['--file', file, '--url', 'http://localhost:1'], 'give one of them'],
  ])('refuses %j in one line', async (flags, message) => {
    const { code, stdout, stderr } = await manage('one-c-demo', '--port', '0', ...flags);

    expect({ code, stdout }).toEqual({ code: ExitCode.usage, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('says that its port is taken, and who is missing', async () => {
    const { port } = shop.address() as AddressInfo;

    const taken = await manage('one-c-demo', '--file', file, '--port', String(port));
    const production = await manageWith({ ENVIRONMENT: 'production', DATA_DIR: folder })('one-c-demo');

    expect(taken).toMatchObject({ code: ExitCode.usage, stdout: '' });
    expect(taken.stderr).toBe(
      `port ${port} is in use: stop what listens there, or give another, as --port ${port + 1}\n`,
    );
    expect(production).toMatchObject({ code: ExitCode.usage, stdout: '' });
    expect(production.stderr).toContain('ONE_C_WEBHOOK_SECRETS is not set');
  });
});
