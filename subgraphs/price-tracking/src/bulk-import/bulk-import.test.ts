import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { shopPage } from '../testing/shop-page.ts';
import { type Person, Watchers } from '../testing/watchers.ts';

let watchers: Watchers;

beforeAll(async () => {
  watchers = await Watchers.open({
    shops: {
      'tea.test': {
        '/green': shopPage({ title: 'Green tea', price: '4.90', gtin: '4006381333931' }),
        '/same': shopPage({ title: 'Green tea again', price: '5' }),
        '/free': shopPage({ price: null }),
        '/walled': { status: 403, body: 'No.' },
        '/broken': { status: 400, body: 'No.' },
      },
      'www.tea.test': {
        '*': (request, response) => {
          const host = `tea.test${request.headers.host?.match(/:\d+$/)?.[0]}`;
          response.writeHead(301, { location: `http://${host}${request.url}` }).end();
        },
      },
      'cups.test': { '/tea': shopPage({ title: 'Tea in cups', price: '3.90', currency: 'SEK' }) },
      'many.test': { '*': shopPage({ title: 'One of many', price: '1' }) },
    },
    names: { 'inside.test': ['127.0.0.2'] },
  });
});
afterEach(() => watchers.empty());
afterAll(() => watchers.close());

const run = async (input: object, who: Person = 'anna', graph = watchers) => {
  const query = `mutation ($input: BulkImportUrlsInput!) { bulkImportUrls(input: $input) { isNewProduct
    product { id name gtin primaryUrl { url } urls { url } }
    created { isPending trackedUrl { id url price { amount currencyCode } store { name } } }
    skipped { url reason trackedUrl { url } } userErrors { code field } } }`;
  return (await graph.ask(query, { input }, who)).bulkImportUrls;
};
const at = (host: string, path: string) => watchers.web.url(host, path);
const items = (...urls: (string | [url: string, setPrimary: boolean])[]) =>
  urls.map((item) => (typeof item === 'string' ? { url: item } : { url: item[0], setPrimary: item[1] }));
const everything = ['stores', 'tracked_products', 'tracked_urls', 'price_points'];

describe('bulkImportUrls', () => {
  it('creates what can be watched, skips the rest with its reason, and creates nothing the second time', async () => {
    const input = {
      items: items(
        'nonsense',
        at('tea.test', '/free'),
        [at('tea.test', '/green'), true],
        `${at('tea.test', '/green')}#again`,
        [at('cups.test', '/tea'), true],
        at('tea.test', '/nowhere'),
        [at('tea.test', '/walled'), true],
        at('tea.test', '/broken'),
        at('inside.test', '/'),
        at('127.0.0.2', '/'),
        at('tea.test', '/same'),
      ),
    };

    const answer = await run(input);

    expect(answer).toMatchObject({
      isNewProduct: true,
      product: { name: 'Green tea', gtin: '4006381333931', primaryUrl: { url: at('cups.test', '/tea') } },
      created: [
        {
          isPending: false,
          trackedUrl: { price: { amount: '4.90', currencyCode: 'EUR' }, store: { name: 'tea.test' } },
        },
        {
          isPending: false,
          trackedUrl: { price: { amount: '3.90', currencyCode: 'SEK' }, store: { name: 'cups.test' } },
        },
        { isPending: false, trackedUrl: { url: at('tea.test', '/same'), price: { amount: '5.00' } } },
      ],
      userErrors: [],
    });
    expect(answer.skipped.map(({ url, reason }: { url: string; reason: string }) => [url, reason])).toEqual([
      ['nonsense', 'INVALID_URL'],
      [at('tea.test', '/free'), 'NO_PRICE'],
      [`${at('tea.test', '/green')}#again`, 'DUPLICATE'],
      [at('tea.test', '/nowhere'), 'GONE'],
      [at('tea.test', '/walled'), 'BLOCKED'],
      [at('tea.test', '/broken'), 'FETCH_ERROR'],
      [at('inside.test', '/'), 'BLOCKED_ADDRESS'],
      [at('127.0.0.2', '/'), 'BLOCKED_ADDRESS'],
    ]);
    const rows = Object.values(await watchers.counts(...everything));
    expect(rows).toEqual([2, 1, 3, 3]);
    expect(watchers.web.trespasses).toEqual([]);

    const again = await run(input);
    expect(again).toMatchObject({ isNewProduct: false, product: null, created: [], userErrors: [] });
    expect(again.skipped).toHaveLength(11);
    expect(again.skipped[2]).toEqual({
      url: at('tea.test', '/green'),
      reason: 'DUPLICATE',
      trackedUrl: { url: at('tea.test', '/green') },
    });
    expect(Object.values(await watchers.counts(...everything))).toEqual(rows);
  });

  it('takes two addresses for one page where the shop redirects from one to the other', async () => {
    const urls = [at('www.tea.test', '/green'), at('tea.test', '/green')];

    expect(await run({ items: items(...urls) })).toMatchObject({
      created: [{ trackedUrl: { url: at('tea.test', '/green') } }],
      skipped: [{ url: urls[1], reason: 'DUPLICATE' }],
    });
    expect((await run({ items: items(...urls) })).skipped).toMatchObject([
      { url: urls[0], reason: 'DUPLICATE', trackedUrl: { url: urls[1] } },
      { url: urls[1], reason: 'DUPLICATE', trackedUrl: { url: urls[1] } },
    ]);
  });

  it('adds to a product that is named, whose primary page stays unless another is wished', async () => {
    const productId = await watchers.product('My tea');
    await watchers.page(productId, 'https://first.example/');

    const answer = await run({ productId, items: items(at('tea.test', '/green')), searchQuery: 'tea' });

    expect(answer).toMatchObject({
      isNewProduct: false,
      product: { id: productId, name: 'My tea', gtin: null, primaryUrl: { url: 'https://first.example/' } },
      created: [{ isPending: false }],
    });
    const wished = await run({
      productId,
      items: items([at('tea.test', '/same'), true], [at('tea.test', '/same'), true]),
    });
    expect(wished.product.primaryUrl.url).toBe(at('tea.test', '/same'));
    expect(wished.skipped).toMatchObject([{ reason: 'DUPLICATE' }]);
  });

  it('moves nothing, and asks nobody, for a product that is somebody else’s', async () => {
    const productId = await watchers.product('Hers');
    const before = [await watchers.counts(...everything), watchers.web.visits.length];

    for (const [id, who] of [
      [productId, 'boris'],
      [productId, 'staff'],
      ['nonsense', 'anna'],
    ] as const)
      expect(await run({ productId: id, items: items(at('tea.test', '/green')) }, who)).toEqual({
        ...{ isNewProduct: false, product: null, created: [], skipped: [] },
        userErrors: [{ code: 'NOT_FOUND', field: ['input', 'productId'] }],
      });

    expect([await watchers.counts(...everything), watchers.web.visits.length]).toEqual(before);
  });

  it('names a new product after what was searched for, and makes none where nothing can be watched', async () => {
    expect((await run({ items: items(at('tea.test', '/green')), searchQuery: ' green tea ' })).product.name).toBe(
      'green tea',
    );

    const nothing = await run({ items: items('x', at('tea.test', '/free')), searchQuery: 'tea' });

    expect(nothing).toMatchObject({ product: null, created: [], isNewProduct: false, userErrors: [] });
    expect(await run({ items: [] })).toMatchObject({ product: null, created: [], skipped: [] });
    expect(await watchers.counts('tracked_products')).toEqual({ tracked_products: 1 });
  });

  it('looks at a hundred addresses, and refuses a call with more than five hundred', async () => {
    const many = (count: number) => items(...Array.from({ length: count }, (_, i) => at('many.test', `/${i}`)));

    const { created, skipped } = await run({ items: many(102) });

    expect(created).toHaveLength(100);
    expect(skipped).toMatchObject([{ reason: 'TOO_MANY' }, { reason: 'TOO_MANY' }]);
    expect((await run({ items: many(501) })).userErrors).toEqual([{ code: 'TOO_MANY', field: ['input', 'items'] }]);
    const [caches] = await watchers.subgraph.ownerQuery<{ count: number }>(
      'SELECT count(*)::int FROM price_tracking.price_caches',
    );
    expect(caches).toEqual({ count: 1 });
  });

  it('of two at once creates each page once', async () => {
    const [forth, back] = await Promise.all([
      run({ items: items(at('many.test', '/a'), at('many.test', '/b'), at('tea.test', '/green')) }),
      run({ items: items(at('tea.test', '/green'), at('many.test', '/b'), at('many.test', '/a')) }),
    ]);

    expect([...forth.created, ...back.created]).toHaveLength(3);
    expect([...forth.skipped, ...back.skipped].map(({ reason }: { reason: string }) => reason)).toEqual(
      Array(3).fill('DUPLICATE'),
    );
    expect(Object.values(await watchers.counts('stores', 'tracked_urls', 'price_points'))).toEqual([2, 3, 3]);
    const products = [forth, back].filter(({ product }) => product !== null);
    expect(await watchers.counts('tracked_products')).toEqual({ tracked_products: products.length });
  });

  it('puts all pages forward that it did not read, where that is wished', async () => {
    const productId = await watchers.product('Tea');
    await watchers.page(productId, 'https://first.example/');
    const requested = () =>
      watchers.subgraph.ownerQuery<{ url: string }>(
        'SELECT url FROM price_tracking.tracked_urls WHERE requested_at IS NOT NULL',
      );
    await watchers.subgraph.ownerQuery('UPDATE price_tracking.tracked_urls SET requested_at = NULL');

    await run({ productId, items: items(at('tea.test', '/green')) });
    expect(await requested()).toEqual([]);
    await run({ productId, items: items(at('tea.test', '/same')), enqueueRefresh: true });

    expect((await requested()).map(({ url }) => url).sort()).toEqual(
      [at('tea.test', '/green'), 'https://first.example/'].sort(),
    );
  });
});

describe('an import from a shop that is to be asked seldom', () => {
  it('leaves pages whose turn does not come to the refresh, and says so', async () => {
    const slow = await Watchers.open({
      shops: { 'slow.test': { '*': shopPage({ title: 'Tea', price: '2' }) } },
      fetching: { FETCH_DELAY_MS: '3600000', FETCH_CONCURRENCY: '1' },
    });
    const urls = [1, 2, 3].map((n) => slow.web.url('slow.test', `/${n}`));

    const answer = await run({ items: items(...urls), searchQuery: 'tea' }, 'anna', slow);

    const pending = answer.created.filter(({ isPending }: { isPending: boolean }) => isPending);
    expect(answer.created).toHaveLength(3);
    expect(pending.length).toBeGreaterThanOrEqual(2);
    for (const { trackedUrl } of pending) expect(trackedUrl.price).toBeNull();
    expect(answer.skipped).toEqual([]);
    const due = await slow.subgraph.ownerQuery(
      'SELECT id FROM price_tracking.tracked_urls WHERE last_checked_at IS NULL AND next_check_at <= now()',
    );
    expect(due).toHaveLength(pending.length);
    await slow.close();
  });
});
