import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endless, gzipBomb } from '../testing/shop-faults.ts';
import { shopPage } from '../testing/shop-page.ts';
import { serveShops, type ShopWeb } from '../testing/shop-web.ts';

const flood = endless();
const bomb = gzipBomb(2_000);
let web: ShopWeb;

beforeAll(async () => {
  web = await serveShops({
    'tea.test': { '/green': shopPage(), '/flood': flood.page, '/bomb': bomb.page },
  });
});
afterAll(() => web.close());

describe('a page', () => {
  it('is fetched', async () => {
    const f = web.fetcher();
    for (const p of ['/green', '/none', '/flood', '/bomb']) {
      const r = await f.fetch({ url: web.url('tea.test', p) });
      console.log(JSON.stringify({ ...r, text: undefined }), flood.sent(), bomb.made());
    }
    expect(web.trespasses).toEqual([]);
  });
});
