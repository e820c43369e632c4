import { inTransaction } from '@gastronom/shared/database/transaction';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { createTestSubgraph, type TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPriceTrackingContext, type PriceTrackingContext } from '../context.ts';
import { readPriceTrackingSettings } from '../env.ts';
import { priceTracking } from '../subgraph.ts';
import { PriceWatcher } from '../testing/price-watcher.ts';
import type { PageCheck } from './page-check.ts';
import { recordBatch } from './record-batch.ts';
import { recordChecks } from './record-checks.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let graph: TestSubgraph;
let environment: SubgraphEnvironment;
let watcher: PriceWatcher;
let context: PriceTrackingContext;
let productId: string;
let storeId: string;
let urlId: string;

beforeAll(async () => {
  const definition = {
    ...priceTracking,
    createContext: (given: SubgraphEnvironment) => {
      environment = given;
      return createPriceTrackingContext(given, readPriceTrackingSettings({}), () => watcher.now);
    },
  };
  graph = await createTestSubgraph(definition);
  await PriceWatcher.listen(graph);
});
afterAll(() => graph.close());

beforeEach(async () => {
  watcher = new PriceWatcher(graph);
  context = { ...watcher.context, manager: graph.dataSource.manager, logger: { error: () => undefined } } as never;
  productId = await watcher.product();
  storeId = await watcher.store();
  urlId = await watcher.page(productId, storeId);
});

// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
async function ask(fields: string): Promise<any> {
  const query = `query ($id: ID!) { trackedProduct(id: $id) { ${fields} } }`;
  const { data, errors } = await graph.execute(query, { id: productId }, watcher.viewer);
  expect(errors).toBeUndefined();
  return data.trackedProduct;
}

const points = async (): Promise<string[]> => {
  const { history } = await ask(
    'history(first: 100) { nodes { price { amount currencyCode } availability observedAt } }',
  );
  return history.nodes.map(
    // biome-ignore lint/suspicious/noExplicitAny: as above
    ({ price, availability, observedAt }: any) =>
      `${observedAt.slice(5, 13)} ${price.currencyCode} ${price.amount} ${availability}`,
  );
};

/** What is stored of the page. */
const row = async () => {
  const [url] = await graph.ownerQuery<Record<string, unknown>>(
    'SELECT * FROM price_tracking.tracked_urls WHERE id = $1',
    [urlId],
  );
  return url ?? {};
};

const ok: Omit<PageCheck, 'checkedAt'> = {
  outcome: 'OK',
  code: null,
  error: null,
  url: 'https://shop.example/',
  reading: null,
  isUnchanged: false,
  validators: { etag: null, lastModified: null },
  stats: { status: 200, bytes: 900, waitedMs: 5, fetchedMs: 20, tries: 1 },
};

const readingOf = (price: string, more: object = {}) => ({
  title: 'Coffee',
  price,
  oldPrice: null,
  currency: 'EUR',
  image: null,
  availability: 'IN_STOCK' as const,
  gtin: null,
  sku: null,
  seller: null,
  condition: null,
  size: null,
  sources: {},
  ...more,
});

const record = (...checks: { urlId: string; check: PageCheck }[]) =>
  inTransaction(graph.dataSource.manager, (manager) => recordChecks(context, manager, checks));

describe('history', () => {
  it('gets a point for each change of price, currency or availability, and none for what is the same', async () => {
    for (const look of ['EUR 10', 'EUR 10.00', 'EUR 9.9', 'EUR 9.90 OUT_OF_STOCK', 'USD 9.90 OUT_OF_STOCK'])
      await watcher.look([[urlId, look]]);

    expect(await points()).toEqual([
      '11-01T05 USD 9.90 OUT_OF_STOCK',
      '11-01T04 EUR 9.90 OUT_OF_STOCK',
      '11-01T03 EUR 9.90 IN_STOCK',
      '11-01T01 EUR 10.00 IN_STOCK',
    ]);
  });

  it('gets a point a day where nothing changes', async () => {
    await watcher.look([[urlId, 'EUR 10']]);
    for (const hours of [22, 0, 24]) {
      watcher.now += hours * hourMs;
      await watcher.look([[urlId, 'EUR 10']]);
    }

    expect(await points()).toEqual([
      '11-03T02 EUR 10.00 IN_STOCK',
      '11-02T00 EUR 10.00 IN_STOCK',
      '11-01T01 EUR 10.00 IN_STOCK',
    ]);
  });

  it('takes a page that is unchanged for one that says the same again', async () => {
    const validators = { etag: '"1"', lastModified: null };
    const first = { ...ok, reading: readingOf('10'), validators, checkedAt: new Date(watcher.now) };
    await record({ urlId, check: first });

    const unchanged = { ...ok, isUnchanged: true, validators: { etag: null, lastModified: null } };
    await record({ urlId, check: { ...unchanged, checkedAt: new Date(watcher.now + dayMs) } });

    expect(await points()).toEqual(['11-02T00 EUR 10.00 IN_STOCK', '11-01T00 EUR 10.00 IN_STOCK']);
    expect(await row()).toMatchObject({ etag: '"1"', title: 'Coffee', last_outcome: 'OK', failures: 0 });
  });

  it('is untouched by looks that failed, came late, or came twice', async () => {
    await watcher.look([[urlId, 'EUR 10']]);
    const before = { points: await points(), price: (await row()).price };
    const at = (hours: number) => new Date(watcher.now + hours * hourMs);

    await watcher.look([[urlId, 'FETCH_ERROR']]);
    await record({ urlId, check: { ...ok, reading: readingOf('7'), checkedAt: at(-1) } });
    const newest = await row();
    await record({ urlId, check: { ...ok, reading: readingOf('7'), checkedAt: at(0) } });

    expect({ points: await points(), price: (await row()).price }).toEqual(before);
    expect(await row()).toEqual(newest);
    expect(newest).toMatchObject({ last_outcome: 'FETCH_ERROR', last_error: 'It broke.', failures: 1 });
    const checks = await graph.ownerQuery('SELECT FROM price_tracking.url_checks WHERE url_id = $1', [urlId]);
    expect(checks).toHaveLength(2);
  });

  it('takes two looks at one page in one batch in the order of time', async () => {
    const at = (minutes: number) => new Date(watcher.now + minutes * 60_000);
    const looks = ['8', '9'].map((price, place) => ({
      urlId,
      check: { ...ok, reading: readingOf(price), checkedAt: at(2 - place) },
    }));

    await record(...looks);

    expect(await points()).toEqual(['11-01T00 EUR 8.00 IN_STOCK', '11-01T00 EUR 9.00 IN_STOCK']);
    expect((await row()).price).toBe('8.0000');
  });

  it('costs one statement, of however many pages', async () => {
    await watcher.look([[urlId, 'EUR 10']]);
    graph.statements();

    const { history, urls } = await ask(
      'history(first: 1) { nodes { id price { amount } url { url } } pageInfo { hasNextPage } } urls { history { edges { cursor } } statistics { trend lowest { amount } } unitPrice { unit } }',
    );

    expect([history.nodes.length, urls[0].history.edges.length]).toEqual([1, 1]);
    const asked = graph.statements();
    expect(asked.filter((sql) => sql.includes('price_points'))).toHaveLength(2);
    expect(asked.filter((sql) => sql.includes('url_price_caches'))).toHaveLength(1);
  });

  it('is read page by page', async () => {
    for (const price of ['1', '2', '3']) await watcher.look([[urlId, `EUR ${price}`]]);

    const first = (await ask('history(first: 2) { nodes { price { amount } } pageInfo { endCursor hasNextPage } }'))
      .history;
    const { history } = await ask(
      `history(first: 2, after: "${first.pageInfo.endCursor}") { nodes { price { amount } } pageInfo { hasNextPage } }`,
    );

    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(history).toEqual({ nodes: [{ price: { amount: '1.00' } }], pageInfo: { hasNextPage: false } });
  });
});

describe('the price cache', () => {
  const year =
    'prices { currencyCode lowest { amount } highest { amount } average { amount } stores yearLowest { amount } yearHighest { amount } yearAverage { amount } daily { day price { amount } } unitPrice { price { amount currencyCode } unit } lowestUrl { id } }';
  const amount = (value: string | null) => (value === null ? null : { amount: value });

  it('has the lowest price of each day, the last one on days without a reading', async () => {
    const second = await watcher.page(productId, await watcher.store('Fabrikam'), false);
    await watcher.look([
      [urlId, 'EUR 10'],
      [second, 'EUR 11'],
    ]);
    watcher.now += 3 * dayMs;
    await watcher.look([[urlId, 'EUR 12.01']]);

    const { prices } = await ask(year);

    expect(prices).toEqual([
      {
        currencyCode: 'EUR',
        lowest: amount('11.00'),
        highest: amount('12.01'),
        average: amount('11.51'),
        stores: 2,
        yearLowest: amount('10.00'),
        yearHighest: amount('12.01'),
        // 10, 10, 10 and 12.01: the second page was not read any more.
        yearAverage: amount('10.50'),
        daily: [
          ['2026-11-01', '10.00'],
          ['2026-11-02', '10.00'],
          ['2026-11-03', '10.00'],
          ['2026-11-04', '12.01'],
        ].map(([day, price]) => ({ day, price: { amount: price } })),
        unitPrice: null,
        lowestUrl: { id: second },
      },
    ]);
  });

  it('never compares currencies, nor counts what cannot be had', async () => {
    const dollars = await watcher.page(productId, storeId, false);
    const sold = await watcher.page(productId, storeId, false);
    await watcher.look([
      [urlId, 'EUR 10'],
      [dollars, 'USD 3'],
      [sold, 'USD 1 SOLD'],
    ]);

    const { prices } = await ask('prices { currencyCode lowest { amount } stores yearLowest { amount } }');

    expect(prices).toEqual([
      { currencyCode: 'EUR', lowest: amount('10.00'), stores: 1, yearLowest: amount('10.00') },
      { currencyCode: 'USD', lowest: amount('3.00'), stores: 1, yearLowest: amount('1.00') },
    ]);
  });

  it('says what a unit of the contents comes to', async () => {
    await graph.ownerQuery(
      `UPDATE price_tracking.tracked_products SET content_amount = 0.75, content_unit = 'L' WHERE id = $1`,
      [productId],
    );
    await watcher.look([[urlId, 'EUR 10']]);

    const { prices, urls } = await ask(
      'prices { unitPrice { price { amount } unit } } urls { unitPrice { price { amount } unit } }',
    );

    const unit = { unitPrice: { price: { amount: '13.3333' }, unit: 'L' } };
    expect([prices, urls]).toEqual([[unit], [unit]]);
  });

  const trends: readonly [says: string, looks: readonly (string | number)[], trend: string, previous: string | null][] =
    [
      ['is new on the first day', ['EUR 10', 'EUR 10'], 'NEW', null],
      ['is flat where it stays', ['EUR 10', 1, 'EUR 10'], 'FLAT', null],
      ['goes up', ['EUR 10', 'EUR 11'], 'UP', '10.00'],
      ['goes down', ['EUR 10', 'EUR 9.99', 5, 'EUR 9.99'], 'DOWN', '10.00'],
      ['is flat 30 days after the change', ['EUR 10', 'EUR 9', 31, 'EUR 9'], 'FLAT', '10.00'],
      ['is new in another currency', ['USD 10', 'EUR 9'], 'NEW', null],
    ];
  it.each(trends)('%s', async (_says, looks, trend, previous) => {
    for (const look of looks) {
      if (typeof look === 'number') watcher.now += look * dayMs;
      else await watcher.look([[urlId, look]]);
    }

    const { urls } = await ask('urls { statistics { trend previousPrice { amount } } }');

    expect(urls[0].statistics).toEqual({ trend, previousPrice: amount(previous) });
  });

  it('keeps to the last 365 days, with what stood when they began', async () => {
    await watcher.look([[urlId, 'EUR 50']]);
    watcher.now += 300 * dayMs;
    await watcher.look([[urlId, 'EUR 20']]);
    watcher.now += 400 * dayMs;
    await watcher.look([[urlId, 'EUR 30']]);

    const { prices } = await ask(
      'prices { yearLowest { amount } yearHighest { amount } daily { day } recent: daily(days: 2) { price { amount } } }',
    );

    expect(prices[0].daily).toHaveLength(365);
    expect(prices).toMatchObject([
      {
        yearLowest: amount('20.00'),
        yearHighest: amount('30.00'),
        recent: [{ price: amount('20.00') }, { price: amount('30.00') }],
      },
    ]);
  });
});

describe('a page that fails', () => {
  it('is looked at ever more rarely, and given up when it has been gone for long', async () => {
    const gaps: number[] = [];
    for (let look = 0; look < 8; look += 1) {
      await watcher.look([[urlId, 'GONE']]);
      const next = (await row()).next_check_at as Date | null;
      if (next === null) break;
      gaps.push(Math.round((next.getTime() - watcher.now) / dayMs));
      watcher.now = next.getTime() - hourMs;
    }

    expect(gaps.slice(0, 4)).toEqual([1, 2, 4, 8]);
    expect(gaps.length).toBeLessThan(8);
    expect(await row()).toMatchObject({ is_active: false, next_check_at: null, last_outcome: 'GONE' });
  });

  it('begins anew once it is read', async () => {
    for (const look of ['EUR 5', 'NO_PRICE', 'BLOCKED']) await watcher.look([[urlId, look]]);
    const failing = await row();
    await watcher.look([[urlId, 'EUR 5']]);

    expect(failing).toMatchObject({ failures: 2, price: '5.0000', last_outcome: 'BLOCKED' });
    expect(await row()).toMatchObject({ failures: 0, failing_since: null, last_error: null, last_outcome: 'OK' });
  });

  it('is only put off where its host’s turn is too far away', async () => {
    await graph.ownerQuery('UPDATE price_tracking.tracked_urls SET next_check_at = now() WHERE id = $1', [urlId]);
    const busy = { ...ok, outcome: 'FETCH_ERROR' as const, code: 'BUSY', retryAfterMs: 2 * hourMs };

    await record({ urlId, check: { ...busy, checkedAt: new Date(watcher.now) } });

    expect(await row()).toMatchObject({
      next_check_at: new Date(watcher.now + 2 * hourMs),
      last_checked_at: null,
      failures: 0,
    });
  });
});

describe('a batch', () => {
  it('is recorded without what cannot be stored', async () => {
    const second = await watcher.page(productId, storeId, false);
    const checkedAt = new Date(watcher.now);

    await recordBatch(context, [
      { urlId, check: { ...ok, reading: readingOf('4', { title: 'NUL \0' }), checkedAt } },
      { urlId: second, check: { ...ok, reading: readingOf('5'), checkedAt } },
    ]);

    expect(await points()).toEqual(['11-01T00 EUR 5.00 IN_STOCK']);
    expect((await row()).last_checked_at).toBeNull();
  });

  it('of pages that are gone from here writes nothing', async () => {
    await graph.ownerQuery('DELETE FROM price_tracking.tracked_products WHERE id = $1', [productId]);

    await watcher.look([[urlId, 'EUR 1']]);

    expect(await graph.ownerQuery('SELECT FROM price_tracking.url_checks WHERE url_id = $1', [urlId])).toEqual([]);
  });

  it('ends alike, whoever else records pages of the same products at the same time', async () => {
    const products = await Promise.all([1, 2, 3].map((place) => watcher.product(`Tea ${place}`)));
    const pages: string[] = [];
    for (const id of [...products, ...products]) pages.push(await watcher.page(id, storeId, pages.length < 3));
    const checkedAt = new Date(watcher.now);
    const batchOf = (ids: readonly string[]) =>
      ids.map((id) => ({
        urlId: id,
        check: { ...ok, reading: readingOf(String(10 + pages.indexOf(id))), checkedAt },
      }));

    await Promise.all(
      [pages.slice(0, 3), pages.slice(3).reverse(), [...pages].reverse(), pages].map((ids) => record(...batchOf(ids))),
    );

    expect(
      await graph.ownerQuery('SELECT FROM price_tracking.price_points WHERE url_id = ANY($1)', [pages]),
    ).toHaveLength(6);
    const caches = await graph.ownerQuery<{ lowest: string }>(
      'SELECT lowest::text FROM price_tracking.price_caches WHERE product_id = ANY($1) ORDER BY lowest',
      [products],
    );
    expect(caches.map(({ lowest }) => lowest)).toEqual(['10.0000', '11.0000', '12.0000']);
  });

  it('of many pages costs as many statements as of one', async () => {
    const many: string[] = [];
    for (let count = 0; count < 20; count += 1)
      many.push(await watcher.page(await watcher.product(`Tea ${count}`), storeId));
    const costOf = async (urls: readonly string[], price: string) => {
      graph.statements();
      await watcher.look(urls.map((id) => [id, `EUR ${price}`]));
      return graph.statements().length;
    };

    expect(await costOf(many, '7')).toBe(await costOf([urlId], '7'));
  });
});

it('forgets after a month what measured looks at pages', async () => {
  await watcher.look([[urlId, 'EUR 1']]);
  const [job] = (priceTracking.createWorker?.(environment) ?? []).filter(
    ({ definition }) => definition.name === 'forget-url-checks',
  );
  const forget = () =>
    job?.run([{ id: 'job', payload: {}, attempt: 1, isLastAttempt: true, signal: new AbortController().signal }]);
  const left = async () =>
    (await graph.ownerQuery('SELECT FROM price_tracking.url_checks WHERE url_id = $1', [urlId])).length;

  watcher.now += 30 * dayMs;
  await forget();
  const kept = await left();
  watcher.now += hourMs;
  await forget();

  expect([kept, await left()]).toEqual([1, 0]);
});
