import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPriceTrackingContext } from '../context.ts';
import { readPriceTrackingSettings } from '../env.ts';
import type { FetchedPage, PageRequest } from '../fetching/fetched-page.ts';
import { pageReader } from '../reading/page-reader.ts';
import { priceTracking } from '../subgraph.ts';
import { shopPage } from '../testing/shop-page.ts';

const { customer, staff } = viewers;
const now = Date.parse('2026-11-20T08:00:00Z');
const stats = { status: 200, bytes: 1_000, waitedMs: 0, fetchedMs: 10, tries: 1 };
const pageOf = (text: string): FetchedPage => ({
  ...{ kind: 'PAGE', url: 'https://contoso.example/tea/1', text, stats },
  validators: { etag: null, lastModified: null },
});

let subgraph: TestSubgraph;
let fetched: FetchedPage;
let requests: PageRequest[];
let storeId: string;

beforeAll(async () => {
  const fetcher = {
    async fetch(request: PageRequest) {
      requests.push(request);
      return fetched;
    },
    close: async () => undefined,
  };
  const createContext: typeof priceTracking.createContext = (environment) =>
    createPriceTrackingContext(environment, readPriceTrackingSettings({}), () => now, fetcher);
  subgraph = await createTestSubgraph({ ...priceTracking, createContext });
  const input = {
    name: 'Contoso',
    testUrl: 'https://contoso.example/tea',
    selectors: [
      { field: 'TITLE', selector: 'css:h1' },
      { field: 'PRICE', selector: 'css:.none' },
      { field: 'PRICE', selector: 'css:.price' },
    ],
    ...{ locale: 'en', currency: 'EUR', delayMs: 5_000, concurrency: 1, rendering: 'SERVICE' },
  };
  const query = 'mutation ($input: CreateStoreInput!) { createStore(input: $input) { store { id } } }';
  storeId = (await subgraph.execute(query, { input }, customer)).data.createStore.store.id;
});
beforeEach(() => {
  fetched = pageOf(shopPage());
  requests = [];
});
afterAll(async () => {
  await subgraph.close();
  await pageReader.close();
});

const test = async (input: object, viewer: Viewer = customer) => {
  const query = `mutation ($input: TestStoreInput!) { testStore(input: $input) {
    test { url outcome code error status findings { field selector text value error } suggestions { field selector value }
      reading { title price oldPrice currency imageUrl availability gtin sku seller condition size sources { field source } } }
    userErrors { code field } } }`;
  const { data, errors } = await subgraph.execute(query, { input }, viewer);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.testStore;
};

describe('testStore', () => {
  it('says what each selector of a store finds on its test page, and what would be kept', async () => {
    const { test: told, userErrors } = await test({ storeId });

    expect(userErrors).toEqual([]);
    expect(requests).toEqual([
      expect.objectContaining({
        url: 'https://contoso.example/tea',
        politeness: { delayMs: 5_000, concurrency: 1 },
        rendering: 'SERVICE',
        deadline: now + 5_500,
      }),
    ]);
    expect(told).toMatchObject({
      url: 'https://contoso.example/tea/1',
      outcome: 'OK',
      code: null,
      error: null,
      status: 200,
    });
    expect(told.findings).toEqual([
      ...[{ field: 'TITLE', selector: 'css:h1', text: 'Green tea, 100 g', value: 'Green tea, 100 g', error: null }],
      ...[{ field: 'PRICE', selector: 'css:.none', text: null, value: null, error: null }],
      ...[{ field: 'PRICE', selector: 'css:.price', text: '4.90 EUR', value: '4.90', error: null }],
    ]);
    expect(told.reading).toMatchObject({
      ...{ title: 'Green tea, 100 g', price: '4.90', currency: 'EUR', availability: 'IN_STOCK', oldPrice: null },
      imageUrl: 'https://contoso.example/pictures/goods.jpg',
    });
    expect(told.reading.sources).toEqual(
      expect.arrayContaining([
        { field: 'TITLE', source: 'css:h1' },
        { field: 'PRICE', source: 'css:.price' },
        { field: 'IMAGE', source: 'json-ld' },
      ]),
    );
  });

  it('tries what is not kept yet, and changes of what is; nothing is written', async () => {
    const before = await subgraph.ownerQuery('SELECT * FROM price_tracking.stores');
    const selectors = [{ field: 'PRICE', selector: 'json:$.offers.price' }];

    const changed = await test({ storeId, selectors, url: 'https://contoso.example/other', rendering: 'NONE' });
    const fresh = await test({ selectors, url: 'https://new.example/', currency: 'usd' });

    for (const { test: told } of [changed, fresh])
      expect(told.findings).toEqual([{ ...selectors[0], text: '4.90', value: expect.any(String), error: null }]);
    expect(requests.map(({ url, rendering }) => [url, rendering])).toEqual([
      ['https://contoso.example/other', 'NONE'],
      ['https://new.example/', 'NONE'],
    ]);
    expect(await subgraph.ownerQuery('SELECT * FROM price_tracking.stores')).toEqual(before);
  });

  it('suggests selectors for what was not found, and takes nothing from them', async () => {
    fetched = pageOf('<!doctype html><html lang="en"><h1>Tea</h1><p class="cost price">€7.50</p></html>');

    const { test: told } = await test({ url: 'https://new.example/' });

    expect(told).toMatchObject({ outcome: 'NO_PRICE', reading: { price: null }, findings: [] });
    expect(told.suggestions).toContainEqual({
      field: 'PRICE',
      selector: expect.stringMatching(/^css:/),
      value: '7.50',
    });
    const [{ selector }] = told.suggestions;
    const chosen = await test({ url: 'https://new.example/', selectors: [{ field: 'PRICE', selector }] });
    expect(chosen.test).toMatchObject({ outcome: 'OK', reading: { price: '7.50', currency: 'EUR' } });
    expect(chosen.test.suggestions.map(({ field }: { field: string }) => field)).not.toContain('PRICE');
  });

  it('says why nothing came, or no price', async () => {
    fetched = {
      kind: 'BLOCKED',
      code: 'ROBOTS',
      reason: 'Its robots.txt forbids it.',
      stats: { ...stats, status: null },
    };
    const blocked = await test({ storeId });
    fetched = pageOf(shopPage({ price: null }));
    const silent = await test({ url: 'https://new.example/' });

    expect(blocked.test).toEqual({
      ...{
        url: 'https://contoso.example/tea',
        outcome: 'BLOCKED',
        code: 'ROBOTS',
        error: 'Its robots.txt forbids it.',
      },
      ...{ status: null, reading: null, findings: [], suggestions: [] },
    });
    expect(silent.test).toMatchObject({ outcome: 'NO_PRICE', code: 'NO_PRICE', reading: { price: null } });
  });

  it.each([
    ['storeId', 'NOT_FOUND', { storeId: 'nonsense' }],
    ['url', 'URL_MISSING', {}],
    ['url', 'BAD_URL', { url: 'file:///etc/passwd' }],
    ['currency', 'BAD_CURRENCY', { url: 'https://a.example/', currency: 'US' }],
    [
      'selectors.0.selector',
      'BAD_SELECTOR',
      { url: 'https://a.example/', selectors: [{ field: 'PRICE', selector: 'h1' }] },
    ],
    [
      'selectors.0.selector',
      'BAD_SELECTOR',
      { url: 'https://a.example/', selectors: [{ field: 'PRICE', selector: 'css:a[' }] },
    ],
  ])('refuses %s: %s, and fetches nothing', async (path, code, input) => {
    expect(await test(input)).toEqual({
      test: null,
      userErrors: [{ code, field: ['input', ...path.split('.')] }],
    });
    expect(requests).toEqual([]);
  });

  it('is for people, with stores of their own', async () => {
    expect((await test({ storeId }, staff)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const query = 'mutation { testStore(input: { url: "https://a.example/" }) { userErrors { code } } }';
    const codes = await Promise.all(
      [viewers.anonymous, viewers.service].map(
        async (viewer) => (await subgraph.execute(query, {}, viewer)).errors?.[0],
      ),
    );
    expect(codes.map((error) => error?.extensions?.code)).toEqual(['UNAUTHENTICATED', 'FORBIDDEN']);
    expect(requests).toEqual([]);
  });
});
