import { onLive } from '@gastronom/shared/live';
import { createTestSubgraph, type TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPriceTrackingContext } from '../context.ts';
import { readPriceTrackingSettings } from '../env.ts';
import { priceTracking } from '../subgraph.ts';
import { PriceWatcher } from '../testing/price-watcher.ts';

const hourMs = 3_600_000;

let graph: TestSubgraph;
let watcher: PriceWatcher;
let told: string[];

beforeAll(async () => {
  const definition = {
    ...priceTracking,
    createContext: (environment: Parameters<typeof createPriceTrackingContext>[0]) =>
      createPriceTrackingContext(environment, readPriceTrackingSettings({}), () => watcher.now),
  };
  watcher = undefined as never;
  graph = await createTestSubgraph(definition, { works: true });
  onLive(graph.broadcast, ({ of, keys }) => told.push(...keys.map((key) => `${of} ${key}`)));
});
afterAll(() => graph.close());

beforeEach(async () => {
  await graph.ownerQuery('TRUNCATE price_tracking.stores, price_tracking.tracked_products CASCADE');
  watcher = new PriceWatcher(graph);
  told = [];
});

/** A tracked product that staff has linked to a good, or somebody else has. */
async function linked(sku: string, countsForMarket = true): Promise<string> {
  const productId = await watcher.product(sku);
  await graph.ownerQuery(
    'UPDATE price_tracking.tracked_products SET catalogue_sku = $2, counts_for_market = $3 WHERE id = $1',
    [productId, sku, countsForMarket],
  );
  return productId;
}

/** A page of a product on a host, and what it asks. */
async function page(productId: string, host: string, look: string): Promise<string> {
  const urlId = await watcher.page(productId, await watcher.store(host), false);
  await graph.ownerQuery('UPDATE price_tracking.tracked_urls SET host = $2 WHERE id = $1', [urlId, host]);
  await watcher.look([[urlId, look]]);
  return urlId;
}

const figures = 'marketPrice { lowest { amount currencyCode } average { amount } stores asOf }';

// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
async function market(goods: readonly object[], fields = figures): Promise<any[]> {
  const representations = goods.map((good) => ({ __typename: 'Product', ...good }));
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product { ${fields} } } }`;
  const { data, errors } = await graph.execute(query, { representations });
  expect(errors).toBeUndefined();
  return data._entities;
}

const tenge = { price: { currencyCode: 'KZT' } };

describe('Product.marketPrice', () => {
  it('is the lowest and the average over stores, of each its cheapest page', async () => {
    const milk = await linked('MILK');
    const again = await linked('MILK');
    await page(milk, 'one.example', 'KZT 500');
    await page(milk, 'two.example', 'KZT 410.50');
    // The same shop under its other name, and watched by two.
    await page(again, 'www.two.example', 'KZT 450');
    await page(again, 'three.example', 'KZT 600 PRE_ORDER');

    const [good] = await market([{ sku: 'MILK', ...tenge }]);

    expect(good.marketPrice).toEqual({
      lowest: { amount: '410.50', currencyCode: 'KZT' },
      average: { amount: '503.50' },
      stores: 3,
      asOf: '2026-11-01T01:30:00.000Z',
    });
  });

  it('counts nothing that cannot be had, is old, is not watched, or is linked by others than staff', async () => {
    const milk = await linked('MILK');
    const old = await page(milk, 'old.example', 'KZT 1');
    watcher.now += 48 * hourMs;
    await page(milk, 'sold.example', 'KZT 2 SOLD');
    await page(milk, 'out.example', 'KZT 3 OUT_OF_STOCK');
    const idle = await page(milk, 'idle.example', 'KZT 4');
    await graph.ownerQuery('UPDATE price_tracking.tracked_urls SET is_active = false WHERE id = $1', [idle]);
    await page(await linked('MILK', false), 'stranger.example', 'KZT 5');
    await page(milk, 'free.example', 'KZT 0');
    expect((await market([{ sku: 'MILK', ...tenge }]))[0].marketPrice).toBeNull();

    await watcher.look([[old, 'KZT 7']]);

    expect((await market([{ sku: 'MILK', ...tenge }]))[0].marketPrice).toMatchObject({ stores: 1 });
  });

  it('speaks the currency of the shop’s own price, else that of the most stores, and converts none', async () => {
    const milk = await linked('MILK');
    await page(milk, 'one.example', 'EUR 1.10');
    await page(milk, 'two.example', 'EUR 1.15');
    await page(milk, 'three.example', 'KZT 600');
    const lowest = 'marketPrice { lowest { amount currencyCode } average { amount } }';
    const inEuro = { lowest: { amount: '1.10', currencyCode: 'EUR' }, average: { amount: '1.13' } };
    const inTenge = { lowest: { amount: '600.00', currencyCode: 'KZT' }, average: { amount: '600.00' } };

    const goods = [
      { sku: 'MILK', ...tenge },
      { sku: 'MILK', price: null },
    ];
    const nobodySaid = { sku: 'MILK', price: { currencyCode: 'XXX' } };
    const other = await market(
      [{ sku: 'MILK', ...tenge }],
      lowest.replace('marketPrice', 'marketPrice(currency: "EUR")'),
    );
    const none = await market(
      [{ sku: 'MILK', ...tenge }],
      lowest.replace('marketPrice', 'marketPrice(currency: "USD")'),
    );

    expect((await market([...goods, nobodySaid], lowest)).map(({ marketPrice }) => marketPrice)).toEqual([
      inTenge,
      inEuro,
      inEuro,
    ]);
    expect([other[0].marketPrice, none[0].marketPrice]).toEqual([inEuro, null]);
  });

  it('of a page of goods costs one statement', async () => {
    const goods = Array.from({ length: 50 }, (_, place) => ({ sku: `GOOD-${place}`, ...tenge }));
    await page(await linked('GOOD-7'), 'one.example', 'KZT 100');
    graph.statements();

    const answered = await market(goods);

    expect(graph.statements()).toHaveLength(1);
    expect(answered.map(({ marketPrice }) => marketPrice?.stores ?? 0)).toEqual(
      goods.map(({ sku }) => (sku === 'GOOD-7' ? 1 : 0)),
    );
  });

  it('has what is kept of it dropped when it changes, and not otherwise', async () => {
    const urlId = await page(await linked('TEA'), 'one.example', 'KZT 100');
    const ofTea = () => told.filter((text) => text === 'product TEA');
    const heard = async (count: number) => {
      while (ofTea().length < count) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await heard(1);

    await watcher.look([[urlId, 'KZT 100']]);
    await watcher.look([[urlId, 'FETCH_ERROR']]);
    await watcher.look([[urlId, 'KZT 90']]);
    await heard(2);

    const queued = await graph.ownerQuery(
      `SELECT FROM jobs.job WHERE name = 'tell-live-market' AND data->'skus' ? 'TEA'`,
    );
    expect(queued).toHaveLength(2);
  });
});
