import { createTestSubgraph, type TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPriceTrackingContext } from '../context.ts';
import { readPriceTrackingSettings } from '../env.ts';
import { priceTracking } from '../subgraph.ts';
import { PriceWatcher } from '../testing/price-watcher.ts';
import { people } from '../testing/watchers.ts';

let graph: TestSubgraph;
let watcher: PriceWatcher;
let other: PriceWatcher;

const parts = `totals { products favourites stores activeUrls failingUrls waitingUrls alerts }
  spotlight { product { name } trackedUrl { store { name } } price { amount currencyCode } previousPrice { amount } trend }
  groups { name products favourites spotlight { product { name } price { amount } trend } }
  stores { store { name } activeUrls failingUrls checks failures failureRate }
  throughput { checks checksPerHour waiting bytes averageFetchMs waitingShare
    outcomes { outcome checks share } hours { from checks failures } }`;

// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
async function see(query: 'priceDashboard' | 'adminDashboard', viewer: Viewer, hours = 24): Promise<any> {
  const { data, errors } = await graph.execute(
    `query ($hours: Int!) { ${query}(hours: $hours) { ${parts} } }`,
    { hours },
    viewer,
  );
  return errors ? errors[0]?.extensions?.code : data[query];
}

beforeAll(async () => {
  const clock = () => watcher.now;
  graph = await createTestSubgraph({
    ...priceTracking,
    createContext: (environment) => createPriceTrackingContext(environment, readPriceTrackingSettings({}), clock),
  });
});
afterAll(() => graph.close());

beforeEach(async () => {
  await graph.ownerQuery(
    'TRUNCATE price_tracking.stores, price_tracking.tracked_products, price_tracking.tags, price_tracking.url_checks CASCADE',
  );
  [watcher, other] = [new PriceWatcher(graph), new PriceWatcher(graph)];
});

async function tag(by: PriceWatcher, name: string, productIds: readonly string[]): Promise<void> {
  const [row] = await graph.ownerQuery<{ id: string }>(
    'INSERT INTO price_tracking.tags (owner_id, name) VALUES ($1, $2) RETURNING id',
    [by.viewer.userId, name],
  );
  await graph.ownerQuery(
    'INSERT INTO price_tracking.tracked_product_tags (tag_id, product_id) SELECT $1, unnest($2::uuid[])',
    [row?.id, productIds],
  );
}

const favour = (productId: string, at: string) =>
  graph.ownerQuery('UPDATE price_tracking.tracked_products SET is_favourite = true, updated_at = $2 WHERE id = $1', [
    productId,
    at,
  ]);

/** Two favourites in two stores, and what somebody else watches. */
async function watchPrices(): Promise<void> {
  const [good, bad] = [await watcher.store('Good'), await watcher.store('Bad')];
  const [tea, rice] = [await watcher.product('Tea'), await watcher.product('Rice')];
  const [atGood, atBad] = [await watcher.page(tea, good), await watcher.page(tea, bad, false)];
  await watcher.rule(tea, { kind: 'ANY_CHANGE' });
  await favour(tea, '2026-11-02');
  await favour(rice, '2026-11-01');
  await tag(watcher, 'Drinks', [tea]);
  await tag(watcher, 'All', [tea, rice]);
  await watcher.look([
    [atGood, 'EUR 5'],
    [atBad, 'EUR 3 OUT_OF_STOCK'],
  ]);
  await watcher.look([
    [atGood, 'EUR 4'],
    [atBad, 'FETCH_ERROR'],
  ]);
  const salt = await other.product('Salt');
  const page = await other.page(salt, await other.store('Else'));
  await tag(other, 'drinks', [salt]);
  await other.look([[page, 'USD 1']]);
}

describe('a dashboard', () => {
  it('shows somebody what they watch, and nothing of others', async () => {
    await watchPrices();

    const dashboard = await see('priceDashboard', watcher.viewer);

    const tea = { product: { name: 'Tea' }, price: { amount: '4.00' } };
    expect(dashboard).toMatchObject({
      totals: { products: 2, favourites: 2, stores: 2, activeUrls: 2, failingUrls: 1, alerts: 1 },
      spotlight: [
        { ...tea, trackedUrl: { store: { name: 'Good' } }, price: { amount: '4.00', currencyCode: 'EUR' } },
        { product: { name: 'Rice' }, trackedUrl: null, price: null, previousPrice: null, trend: null },
      ],
      groups: [
        { name: 'All', products: 2, favourites: 2, spotlight: [tea, { product: { name: 'Rice' }, price: null }] },
        { name: 'Drinks', products: 1, favourites: 1, spotlight: [tea] },
      ],
      stores: [
        { store: { name: 'Bad' }, activeUrls: 1, failingUrls: 1, checks: 2, failures: 1, failureRate: 0.5 },
        { store: { name: 'Good' }, activeUrls: 1, failingUrls: 0, checks: 2, failures: 0, failureRate: 0 },
      ],
      throughput: { checks: 4, checksPerHour: 0.17, bytes: 4_000, averageFetchMs: 10, waitingShare: 0 },
    });
    expect(dashboard.throughput.outcomes).toEqual([
      { outcome: 'OK', checks: 3, share: 0.75 },
      { outcome: 'NO_PRICE', checks: 0, share: 0 },
      { outcome: 'GONE', checks: 0, share: 0 },
      { outcome: 'BLOCKED', checks: 0, share: 0 },
      { outcome: 'FETCH_ERROR', checks: 1, share: 0.25 },
    ]);
    expect(dashboard.throughput.hours).toEqual([
      { from: '2026-11-01T01:00:00.000Z', checks: 2, failures: 0 },
      { from: '2026-11-01T02:00:00.000Z', checks: 2, failures: 1 },
    ]);
    expect((await see('priceDashboard', people.anna)).totals).toMatchObject({ products: 0, activeUrls: 0 });
  });

  it('shows admins what everybody watches, with tags of one name as one, and nobody else', async () => {
    await watchPrices();

    const { totals, groups, throughput, spotlight } = await see('adminDashboard', people.admin);

    expect(totals).toMatchObject({ products: 3, favourites: 2, stores: 3, activeUrls: 3 });
    expect(
      groups.map(({ name, products }: { name: string; products: number }) => [name.toLowerCase(), products]),
    ).toEqual(
      expect.arrayContaining([
        ['all', 2],
        ['drinks', 2],
      ]),
    );
    expect(spotlight.map(({ product }: { product: { name: string } }) => product.name)).toEqual(['Tea', 'Rice']);
    expect(throughput.checks).toBe(5);
    for (const viewer of [watcher.viewer, people.staff]) expect(await see('adminDashboard', viewer)).toBe('FORBIDDEN');
    expect(await see('adminDashboard', people.anonymous)).toBe('UNAUTHENTICATED');
  });

  it('counts what is waiting, and looks at pages within the hours that were asked for', async () => {
    await watchPrices();
    watcher.now += 48 * 3_600_000;
    await graph.ownerQuery(`UPDATE price_tracking.tracked_urls SET next_check_at = $1`, [new Date(watcher.now)]);

    const { totals, throughput, stores } = await see('priceDashboard', watcher.viewer);

    expect([totals.waitingUrls, throughput.waiting, throughput.checks, throughput.averageFetchMs]).toEqual([
      2,
      2,
      0,
      null,
    ]);
    expect(stores[0]).toMatchObject({ checks: 0, failureRate: null });
    expect((await see('priceDashboard', watcher.viewer, 720)).throughput.checks).toBe(4);
    expect(await see('priceDashboard', watcher.viewer, 721)).toBe('BAD_USER_INPUT');
  });

  it('costs the same statements, each for one part or two, however much there is to show', async () => {
    const asked: string[][] = [];
    for (const more of [1, 6]) {
      for (let i = 0; i < more; i += 1) {
        [watcher, other] = [new PriceWatcher(graph), new PriceWatcher(graph)];
        await watchPrices();
      }
      graph.statements();
      await see('adminDashboard', people.admin);
      asked.push(graph.statements());
    }

    const [little = [], much = []] = asked;
    expect([...new Set(much)].sort()).toEqual([...new Set(little)].sort());
    // Rows that two parts name are loaded once where the parts ask in the same moment, else once for each.
    expect(new Set(much).size).toBeLessThanOrEqual(9);
    for (const statements of asked) {
      const times = Map.groupBy(statements, (statement) => statement);
      expect([...times.values()].filter((same) => same.length > 2)).toEqual([]);
    }
  });
});
