import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PriceWatcher } from '../testing/price-watcher.ts';
import { type Person, Watchers } from '../testing/watchers.ts';

let watchers: Watchers;

beforeAll(async () => {
  watchers = await Watchers.open();
});
afterEach(() => watchers.empty());
afterAll(() => watchers.close());

const add = async (input: object, who: Person = 'anna') => {
  const query = `mutation ($input: AddTrackedUrlInput!) { addTrackedUrl(input: $input) {
    trackedUrl { id url host isPrimary isActive lastOutcome price { amount } store { name domains } product { name } } userErrors { code field } } }`;
  return (await watchers.ask(query, { input }, who)).addTrackedUrl;
};
const update = async (input: object, who: Person = 'anna') => {
  const query = `mutation ($input: UpdateTrackedUrlInput!) { updateTrackedUrl(input: $input) {
    trackedUrl { isPrimary isActive nextCheckAt failures } userErrors { code } } }`;
  return (await watchers.ask(query, { input }, who)).updateTrackedUrl;
};
const remove = async (id: string, who: Person = 'anna') => {
  const query = `mutation ($id: ID!) { deleteTrackedUrl(id: $id) { deletedTrackedUrlId product { primaryUrl { url } } userErrors { code } } }`;
  return (await watchers.ask(query, { id }, who)).deleteTrackedUrl;
};
const pagesOf = async (id: string): Promise<{ url: string; isPrimary: boolean }[]> =>
  (await watchers.ask('query ($id: ID!) { trackedProduct(id: $id) { urls { url isPrimary } } }', { id })).trackedProduct
    .urls;
const primariesOf = async (id: string) => (await pagesOf(id)).filter(({ isPrimary }) => isPrimary);

describe('a page of a tracked product', () => {
  it('is kept normalised, in the store that it belongs to, the first as the primary one', async () => {
    const productId = await watchers.product('Tea');

    const first = await add({ productId, url: 'https://WWW.Tea.example:443/green?utm_source=x&id=7#reviews' });
    expect(first).toEqual({
      trackedUrl: {
        id: first.trackedUrl.id,
        url: 'https://www.tea.example/green?id=7',
        host: 'www.tea.example',
        isPrimary: true,
        isActive: true,
        lastOutcome: null,
        price: null,
        store: { name: 'tea.example', domains: ['www.tea.example', 'tea.example'] },
        product: { name: 'Tea' },
      },
      userErrors: [],
    });
    expect((await add({ productId, url: 'https://tea.example/black' })).trackedUrl.isPrimary).toBe(false);
    expect((await add({ productId, url: 'https://milk.example/1', isPrimary: true })).trackedUrl.isPrimary).toBe(true);

    expect(await pagesOf(productId)).toEqual([
      { url: 'https://milk.example/1', isPrimary: true },
      { url: 'https://www.tea.example/green?id=7', isPrimary: false },
      { url: 'https://tea.example/black', isPrimary: false },
    ]);
    expect(await watchers.counts('stores')).toEqual({ stores: 2 });
  });

  it.each([
    ['nonsense', 'INVALID_URL'],
    ['https://anna:secret@tea.example/', 'INVALID_URL'],
    ['http://127.0.0.1/', 'BLOCKED_ADDRESS'],
    ['http://2130706433/', 'BLOCKED_ADDRESS'],
    ['http://[::ffff:10.0.0.1]/', 'BLOCKED_ADDRESS'],
    ['http://LOCALHOST/', 'BLOCKED_ADDRESS'],
  ])('is refused: %s', async (url, code) => {
    const productId = await watchers.product('Tea');

    expect(await add({ productId, url })).toEqual({
      trackedUrl: null,
      userErrors: [{ code, field: ['input', 'url'] }],
    });
    expect(await watchers.counts('stores', 'tracked_urls')).toEqual({ stores: 0, tracked_urls: 0 });
  });

  it('is watched once by each person, whatever the product, and tells where', async () => {
    const productId = await watchers.product('Tea');
    const other = await watchers.product('Other');
    const id = await watchers.page(productId, 'https://tea.example/1');

    const again = await add({ productId: other, url: 'https://tea.example/1?utm_campaign=x' });

    expect(again.userErrors).toEqual([{ code: 'DUPLICATE', field: ['input', 'url'] }]);
    expect(again.trackedUrl).toMatchObject({ id, product: { name: 'Tea' } });
    const theirs = await watchers.product('Theirs', {}, 'boris');
    expect((await add({ productId: theirs, url: 'https://tea.example/1' }, 'boris')).userErrors).toEqual([]);
    expect(await watchers.counts('stores', 'tracked_urls')).toEqual({ stores: 2, tracked_urls: 2 });
  });

  it('is nobody else’s to change or delete', async () => {
    const productId = await watchers.product('Tea');
    const id = await watchers.page(productId, 'https://tea.example/1');

    const refusals = [
      await add({ productId, url: 'https://tea.example/2' }, 'boris'),
      await update({ id, isActive: false }, 'boris'),
      await remove(id, 'staff'),
      await remove(randomUUID()),
      await update({ id: 'nonsense' }),
      await add({ productId: 'nonsense', url: 'https://tea.example/2' }),
    ];

    for (const { userErrors } of refusals) expect(userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await pagesOf(productId)).toEqual([{ url: 'https://tea.example/1', isPrimary: true }]);
    expect(await watchers.counts('stores')).toEqual({ stores: 1 });
  });

  it('is let alone and taken up again', async () => {
    const id = await watchers.page(await watchers.product('Tea'), 'https://tea.example/1');
    await watchers.subgraph.ownerQuery('UPDATE price_tracking.tracked_urls SET failures = 3');

    expect((await update({ id, isActive: false })).trackedUrl).toMatchObject({
      ...{ isActive: false, nextCheckAt: null, failures: 3, isPrimary: true },
    });
    const { trackedUrl } = await update({ id, isActive: true });
    expect(trackedUrl).toMatchObject({ isActive: true, failures: 0, nextCheckAt: expect.any(String) });
  });

  it('leaves its place to the oldest that is left when it is deleted', async () => {
    const productId = await watchers.product('Tea');
    const [first = '', second = '', third = ''] = await Promise.all(
      [1, 2, 3].map((n) => watchers.page(productId, `https://tea${n}.example/`)),
    );
    await watchers.subgraph.ownerQuery(
      `UPDATE price_tracking.tracked_urls SET created_at = '2026-01-01'::timestamptz + right(rtrim(host, '.example'), 1)::int * interval '1 day'`,
    );
    await update({ id: third, isPrimary: true });

    expect(await remove(third)).toEqual({
      deletedTrackedUrlId: third,
      product: { primaryUrl: { url: 'https://tea1.example/' } },
      userErrors: [],
    });
    expect((await remove(second)).product.primaryUrl.url).toBe('https://tea1.example/');
    expect((await remove(first)).product.primaryUrl).toBeNull();
  });
});

describe('whoever acts at once', () => {
  const urls = Array.from({ length: 8 }, (_, i) => `https://tea${i}.example/`);

  it('leaves exactly one primary page, whichever is wished, added or deleted', async () => {
    const productId = await watchers.product('Tea');

    const ids = await Promise.all(urls.map((url) => watchers.page(productId, url, { isPrimary: true })));
    expect(await primariesOf(productId)).toHaveLength(1);
    await Promise.all([...ids, ...ids].map((id) => update({ id, isPrimary: true })));
    expect(await primariesOf(productId)).toHaveLength(1);
    await Promise.all(ids.map((id, i) => (i % 2 ? remove(id) : update({ id, isPrimary: true }))));

    expect(await pagesOf(productId)).toHaveLength(4);
    expect(await primariesOf(productId)).toHaveLength(1);
  });

  it('adds a page once', async () => {
    const products = await Promise.all([1, 2, 3, 4].map((n) => watchers.product(`${n}`)));

    const answers = await Promise.all(products.map((productId) => add({ productId, url: 'https://tea.example/' })));

    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(new Set(answers.map(({ trackedUrl }) => trackedUrl.id)).size).toBe(1);
    expect(await watchers.counts('stores', 'tracked_urls')).toEqual({ stores: 1, tracked_urls: 1 });
  });

  it('deletes products whose pages are being refreshed, and nothing is left of them', async () => {
    const watcher = new PriceWatcher(watchers.subgraph);
    const storeId = await watcher.store();
    const products: string[] = [];
    const pages: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const productId = await watcher.product(name);
      products.push(productId);
      pages.push(await watcher.page(productId, storeId));
    }
    const query = 'mutation ($id: ID!) { deleteTrackedProduct(id: $id) { userErrors { code } } }';

    const refreshes = [1, 2, 3, 4].map((n) => watcher.look(pages.toReversed().map((id) => [id, `EUR ${n}`] as const)));
    const deletions = products.map((id) => watchers.subgraph.execute(query, { id }, watcher.viewer));
    const [deleted] = await Promise.all([Promise.all(deletions), Promise.all(refreshes)]);

    for (const { data, errors } of deleted)
      expect([data?.deleteTrackedProduct.userErrors, errors]).toEqual([[], undefined]);
    const left = ['tracked_products', 'tracked_urls', 'price_points', 'price_caches', 'url_price_caches'];
    expect(Object.values(await watchers.counts(...left))).toEqual([0, 0, 0, 0, 0]);
  });
});
