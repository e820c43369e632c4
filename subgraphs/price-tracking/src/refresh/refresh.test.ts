import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPriceTrackingContext, internalContext } from '../context.ts';
import { readPriceTrackingSettings } from '../env.ts';
import { priceTracking } from '../subgraph.ts';
import { shopPage } from '../testing/shop-page.ts';
import { type ShopWeb, send, serveShops } from '../testing/shop-web.ts';
import { RefreshRepository } from './refresh.repository.ts';
import { RefreshRound } from './refresh-round.ts';
import { refreshSlots } from './refresh-schedule.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let now = Date.parse('2036-03-01T05:00:00Z');
let web: ShopWeb;
let graph: TestSubgraph;
let environment: SubgraphEnvironment;
let productId: string;

beforeAll(async () => {
  web = await serveShops({ 'tea.test': {}, 'coffee.test': {}, 'slow.test': {} }, { clock: () => now });
  const createContext = (given: SubgraphEnvironment) => {
    environment = given;
    return createPriceTrackingContext(
      given,
      readPriceTrackingSettings({ FETCH_DELAY_MS: '0' }),
      () => now,
      web.fetcher(),
    );
  };
  graph = await createTestSubgraph({
    ...priceTracking,
    createContext: (given) => createContext(given),
  });
});
afterAll(async () => {
  await graph.close();
  await web.close();
});

const owner = viewers.customer;

const ask = async (
  query: string,
  variables: Record<string, unknown> = {},
  viewer: Viewer = owner,
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
): Promise<any> => {
  const { data, errors } = await graph.execute(query, variables, viewer);
  expect(errors).toBeUndefined();
  return data;
};

async function watch(name: string): Promise<string> {
  const mutation =
    'mutation ($input: CreateTrackedProductInput!) { createTrackedProduct(input: $input) { product { id } } }';
  return (await ask(mutation, { input: { name } })).createTrackedProduct.product.id;
}

async function add(host: string, path: string, to = productId): Promise<string> {
  const mutation =
    'mutation ($input: AddTrackedUrlInput!) { addTrackedUrl(input: $input) { trackedUrl { id } userErrors { code } } }';
  const input = { productId: to, url: web.url(host, path) };
  return (await ask(mutation, { input })).addTrackedUrl.trackedUrl.id;
}

const round = (signal = new AbortController().signal): Promise<void> =>
  new RefreshRound(internalContext(environment, 'test')).run(signal);

const urls = async () => {
  const fields = 'id url lastOutcome nextCheckAt lastCheckedAt price { amount } isActive';
  return (await ask(`query ($id: ID!) { trackedProduct(id: $id) { urls { ${fields} } } }`, { id: productId }))
    .trackedProduct.urls;
};

beforeEach(async () => {
  await graph.ownerQuery('TRUNCATE price_tracking.stores, price_tracking.tracked_products CASCADE');
  web.visits.splice(0);
  // What a fetch of the last test still waits for is past.
  now += 24 * hourMs;
  productId = await watch('Tea');
});

describe('a round', () => {
  it('looks at what is due, and at each page once, however many rounds there are at a time', async () => {
    const paths = Array.from({ length: 30 }, (_, place) => `/${place}`);
    for (const path of paths) {
      web.put('tea.test', path, shopPage({ price: '4.90' }));
      await add('tea.test', path);
    }

    await Promise.all([round(), round(), round()]);

    expect(web.paths('tea.test').sort()).toEqual([...paths].sort());
    const read = await urls();
    expect(new Set(read.map(({ price, lastOutcome }: never) => `${lastOutcome} ${JSON.stringify(price)}`))).toEqual(
      new Set(['OK {"amount":"4.90"}']),
    );
    web.visits.splice(0);
    await round();
    expect(web.visits).toEqual([]);
  });

  it('asks only whether a page is another, until its store is read otherwise', async () => {
    web.put('tea.test', '/tagged', (request, response) => {
      if (request.headers['if-none-match'] === '"v1"') send(response, { status: 304 });
      else send(response, { body: shopPage({ price: '5.00' }), headers: { etag: '"v1"' } });
    });
    await add('tea.test', '/tagged');
    await round();
    now += 24 * hourMs;
    await round();
    await graph.ownerQuery(`UPDATE price_tracking.stores SET currency = 'EUR', updated_at = $1`, [new Date(now + 1)]);
    now += 24 * hourMs;

    await round();

    expect(web.visitsTo('tea.test').map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      '"v1"',
      undefined,
    ]);
    expect((await urls())[0]).toMatchObject({ lastOutcome: 'OK', price: { amount: '5.00' } });
  });

  it('lets no host stand before the others', async () => {
    for (let place = 0; place < 12; place += 1) {
      web.put('slow.test', `/${place}`, shopPage());
      await add('slow.test', `/${place}`);
    }
    web.put('tea.test', '/last', shopPage());
    await add('tea.test', '/last');

    const claimed = await new RefreshRepository(environment.dataSource.manager).claim(new Date(now), {
      total: 100,
      perHost: 4,
      inHand: new Map([[`slow.test:${web.port}`, 1]]),
      leaseUntil: new Date(now + minuteMs),
    });

    expect(claimed.map(({ host }) => host).sort()).toEqual([
      ...Array.from({ length: 3 }, () => `slow.test:${web.port}`),
      `tea.test:${web.port}`,
    ]);
  });

  it('takes up what a process had in hand that died, once its lease has ended', async () => {
    web.put('tea.test', '/left', shopPage());
    await add('tea.test', '/left');
    const limits = {
      total: 10,
      perHost: 4,
      inHand: new Map<string, number>(),
      leaseUntil: new Date(now + 5 * minuteMs),
    };
    await new RefreshRepository(environment.dataSource.manager).claim(new Date(now), limits);

    await round();
    expect(web.paths('tea.test')).toEqual([]);
    now += 5 * minuteMs;
    await round();

    expect(web.paths('tea.test')).toEqual(['/left']);
  });

  it('leaves what it has not done when the process stops, and keeps what it has', async () => {
    const stop = new AbortController();
    web.put('tea.test', '/quick', shopPage());
    // The page never comes: the process is stopped while it is waited for.
    web.put('slow.test', '/never', () => setImmediate(() => stop.abort(new Error('the process stops'))));
    await add('slow.test', '/never');

    await round(stop.signal);

    expect((await urls())[0]).toMatchObject({ lastOutcome: null, nextCheckAt: new Date(now).toISOString() });
    web.put('slow.test', '/never', shopPage());
    await round();
    expect((await urls())[0]).toMatchObject({ lastOutcome: 'OK' });
  });

  it('bears that a product is deleted while its page is fetched', async () => {
    web.put('tea.test', '/kept', shopPage());
    web.put('coffee.test', '/deleted', (_request, response) => {
      const mutation = 'mutation ($id: ID!) { deleteTrackedProduct(id: $id) { deletedTrackedProductId } }';
      void ask(mutation, { id: other }).then(() => send(response, shopPage()));
    });
    const other = await watch('Coffee');
    await add('coffee.test', '/deleted', other);
    await add('tea.test', '/kept');

    await round();

    expect((await urls())[0]).toMatchObject({ lastOutcome: 'OK' });
    expect(await graph.ownerQuery('SELECT FROM price_tracking.price_points')).toHaveLength(1);
  });

  it('takes a page that breaks the reader for one without a price', async () => {
    web.put('tea.test', '/none', shopPage({ price: null }));
    web.put('tea.test', '/gone', { status: 410 });
    await add('tea.test', '/none');
    await add('tea.test', '/gone');

    await round();

    expect((await urls()).map(({ lastOutcome }: { lastOutcome: string }) => lastOutcome)).toEqual(['NO_PRICE', 'GONE']);
  });
});

describe('the schedule', () => {
  const settings = readPriceTrackingSettings({});

  it('spreads pages over the time between two ticks, each at its place', async () => {
    for (let place = 0; place < 40; place += 1) {
      web.put('tea.test', `/${place}`, shopPage());
      await add('tea.test', `/${place}`);
    }
    await round();

    const times = (await urls()).map(({ nextCheckAt }: { nextCheckAt: string }) => Date.parse(nextCheckAt));
    // It is 05:00: the tick to come is at 06:00, and pages are spread over the five hours behind it.
    const tick = refreshSlots(settings, new Date(now)).next.getTime();
    const places = times.map((time: number) => (time - tick) / hourMs);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...places)).toBeLessThan(5);
    expect(new Set(places.map((hour: number) => Math.floor(hour))).size).toBeGreaterThanOrEqual(4);
    now = Math.max(...times);
    await round();
    const later = (await urls()).map(({ nextCheckAt }: { nextCheckAt: string }) => Date.parse(nextCheckAt));
    expect(later.map((time: number, place: number) => (time - times[place]) % (6 * hourMs))).toEqual(
      times.map(() => 0),
    );
  });

  it.each([
    ['0 */6 * * *', '2036-03-01T05:00:00Z', '2036-03-01T00:00:00.000Z', '2036-03-01T06:00:00.000Z', 300],
    ['0 */6 * * *', '2036-03-01T06:00:00Z', '2036-03-01T06:00:00.000Z', '2036-03-01T12:00:00.000Z', 300],
    ['30 * * * *', '2036-03-01T06:00:00Z', '2036-03-01T05:30:00.000Z', '2036-03-01T06:30:00.000Z', 54],
  ])('%s stands at %s between two ticks', (cron, at, last, next, spreadMinutes) => {
    const slots = refreshSlots(readPriceTrackingSettings({ PRICE_REFRESH_CRON: cron }), new Date(at));

    expect([slots.last.toISOString(), slots.next.toISOString(), slots.spreadMs]).toEqual([
      last,
      next,
      spreadMinutes * minuteMs,
    ]);
  });

  it.each(['every day', '0 0 30 2 *', '* * * *', '0 0 * * * *'])('refuses the cron %s', (cron) => {
    expect(() => readPriceTrackingSettings({ PRICE_REFRESH_CRON: cron })).toThrow('PRICE_REFRESH_CRON');
  });
});

describe('refreshTrackedProduct and refreshStore', () => {
  const refresh = 'mutation ($id: ID!) { refreshTrackedProduct(id: $id) { requested userErrors { code field } } }';

  it('has pages looked at before their turn, and before those that are due longer', async () => {
    web.put('tea.test', '/wanted', shopPage({ price: '1.00' }));
    const wanted = await add('tea.test', '/wanted');
    await round();
    now += 2 * minuteMs;
    const other = await watch('Coffee');
    await add('tea.test', '/other', other);
    await graph.ownerQuery(
      `UPDATE price_tracking.tracked_urls SET next_check_at = '2036-01-01', requested_at = NULL WHERE id <> $1`,
      [wanted],
    );

    const answer = await ask(refresh, { id: productId });
    const limits = { total: 1, perHost: 4, inHand: new Map<string, number>(), leaseUntil: new Date(now + minuteMs) };
    const [first] = await new RefreshRepository(environment.dataSource.manager).claim(new Date(now), limits);

    expect(answer.refreshTrackedProduct).toEqual({ requested: 1, userErrors: [] });
    expect(first?.id).toBe(wanted);
    const jobs = await graph.ownerQuery("SELECT FROM jobs.job WHERE name = 'refresh-urls' AND state = 'created'");
    expect(jobs.length).toBeGreaterThan(0);
  });

  it('leaves out what was looked at a minute ago, and what is not watched', async () => {
    web.put('tea.test', '/fresh', shopPage());
    await add('tea.test', '/fresh');
    await round();
    const idle = await add('tea.test', '/idle');
    await graph.ownerQuery(
      'UPDATE price_tracking.tracked_urls SET is_active = false, next_check_at = NULL WHERE id = $1',
      [idle],
    );

    expect((await ask(refresh, { id: productId })).refreshTrackedProduct.requested).toBe(0);
  });

  it('knows what is not one’s own as little as what is not there', async () => {
    await add('tea.test', '/mine');
    const [{ id: storeId } = { id: '' }] = await graph.ownerQuery<{ id: string }>(
      'SELECT id FROM price_tracking.stores',
    );
    await graph.ownerQuery(`UPDATE price_tracking.tracked_urls SET next_check_at = '2036-12-01', requested_at = NULL`);

    const product = await ask(refresh, { id: productId }, viewers.staff);
    const store = await ask(refresh.replaceAll('TrackedProduct', 'Store'), { id: storeId }, viewers.staff);

    const refused = { requested: 0, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] };
    expect([product.refreshTrackedProduct, store.refreshStore]).toEqual([refused, refused]);
    expect(await graph.ownerQuery('SELECT FROM price_tracking.tracked_urls WHERE requested_at IS NOT NULL')).toEqual(
      [],
    );
    expect((await ask(refresh.replaceAll('TrackedProduct', 'Store'), { id: storeId })).refreshStore.requested).toBe(1);
  });
});

it('is done by the job, which any process may take', async () => {
  web.put('tea.test', '/by-job', shopPage({ price: '2.00' }));
  await add('tea.test', '/by-job');
  const [job] = (priceTracking.createWorker?.(environment) ?? []).filter(
    ({ definition }) => definition.name === 'refresh-urls',
  );

  await job?.run([{ id: 'job', payload: {}, attempt: 1, isLastAttempt: false, signal: new AbortController().signal }]);

  expect((await urls())[0]).toMatchObject({ lastOutcome: 'OK', price: { amount: '2.00' } });
});
