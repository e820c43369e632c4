import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { shopPage } from '../testing/shop-page.ts';
import { type Person, Watchers } from '../testing/watchers.ts';

let watchers: Watchers;

beforeAll(async () => {
  watchers = await Watchers.open({
    shops: {
      'tea.test': {
        '/green': shopPage({ title: 'Green tea, 100 g', price: '4.90', currency: 'EUR', gtin: '4006381333931' }),
        '/other': shopPage({ price: '3' }),
        '/third': shopPage({ price: '4' }),
        '/free': shopPage({ title: 'No price', price: null }),
        '/plain': '<html><head><title>Plain</title></head><body><h1>Plain</h1></body></html>',
        '/gone': { status: 410, body: 'It is gone.' },
        '/broken': { status: 400, body: 'No.' },
        '/walled': { status: 403, body: 'No.' },
      },
      'www.tea.test': {
        '*': (request, response) => {
          const host = `tea.test${request.headers.host?.match(/:\d+$/)?.[0]}`;
          response.writeHead(301, { location: `http://${host}${request.url}` }).end();
        },
      },
      'short.test': {
        '/x': (request, response) => {
          const host = `tea.test${request.headers.host?.match(/:\d+$/)?.[0]}`;
          response.writeHead(302, { location: `http://${host}/green` }).end();
        },
      },
      'krona.test': {
        '/tea': shopPage({ title: 'Te', price: '49', currency: '' }),
      },
    },
    names: { 'inside.test': ['127.0.0.2'] },
  });
});
afterEach(() => watchers.empty());
afterAll(() => watchers.close());

const add = async (input: object, who: Person = 'anna') => {
  const query = `mutation ($input: QuickAddByUrlInput!) { quickAddByUrl(input: $input) { isNew
    product { id name gtin imageUrl isFavourite targetPrice { amount } primaryUrl { id } }
    trackedUrl { id url isPrimary lastOutcome lastError title price { amount currencyCode } availability store { name } }
    userErrors { code field } } }`;
  return (await watchers.ask(query, { input }, who)).quickAddByUrl;
};
const everything = ['stores', 'tracked_products', 'tracked_urls', 'price_points'];

describe('quickAddByUrl', () => {
  it('makes store, product, page and the first point of its history of what the page says', async () => {
    const answer = await add({
      url: `${watchers.web.url('tea.test', '/green')}?utm_source=mail#price`,
      isFavourite: true,
      targetPrice: { amount: '4', currencyCode: 'EUR' },
    });

    expect(answer).toEqual({
      isNew: true,
      product: {
        id: answer.product.id,
        name: 'Green tea, 100 g',
        gtin: '4006381333931',
        imageUrl: watchers.web.url('tea.test', '/pictures/goods.jpg'),
        isFavourite: true,
        targetPrice: { amount: '4.00' },
        primaryUrl: { id: answer.trackedUrl.id },
      },
      trackedUrl: {
        id: answer.trackedUrl.id,
        url: watchers.web.url('tea.test', '/green'),
        isPrimary: true,
        lastOutcome: 'OK',
        lastError: null,
        title: 'Green tea, 100 g',
        price: { amount: '4.90', currencyCode: 'EUR' },
        availability: 'IN_STOCK',
        store: { name: 'tea.test' },
      },
      userErrors: [],
    });
    expect(Object.values(await watchers.counts(...everything))).toEqual([1, 1, 1, 1]);
  });

  it('tells where a page is watched already, and neither adds nor reads anything', async () => {
    const url = watchers.web.url('tea.test', '/green');
    const first = await add({ url, name: ' My tea ' });
    expect(first.product.name).toBe('My tea');
    const visits = watchers.web.visits.length;

    const again = await add({ url: `${url}?gclid=1`, name: 'Another' });

    expect(again).toEqual({ ...first, isNew: false });
    expect(watchers.web.visits).toHaveLength(visits);
    expect(Object.values(await watchers.counts(...everything))).toEqual([1, 1, 1, 1]);
    expect((await add({ url }, 'boris')).isNew).toBe(true);
  });

  it('takes a page for the same in the form to which its shop redirects everybody, and no other redirect for that', async () => {
    const first = await add({ url: watchers.web.url('www.tea.test', '/green') });
    expect(first.trackedUrl).toMatchObject({
      url: watchers.web.url('tea.test', '/green'),
      store: { name: 'tea.test' },
    });

    const again = await add({ url: watchers.web.url('www.tea.test', '/green') });
    expect(again).toEqual({ ...first, isNew: false });
    const short = await add({ url: watchers.web.url('short.test', '/x') });
    expect(short).toMatchObject({ isNew: true, trackedUrl: { url: watchers.web.url('short.test', '/x') } });
  });

  it('adds a page once that several add at once', async () => {
    const url = watchers.web.url('tea.test', '/green');

    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => add({ url })));

    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(answers.map(({ product, trackedUrl }) => `${product.id} ${trackedUrl.id}`)).size).toBe(1);
    expect(Object.values(await watchers.counts(...everything))).toEqual([1, 1, 1, 1]);
  });

  it('keeps the store of a page that is added while it is being deleted', async () => {
    const urls = ['/green', '/other', '/third'].map((path) => watchers.web.url('tea.test', path));
    for (const url of urls) {
      const input = { name: 'Tea', domains: ['tea.test'] };
      const make = 'mutation ($input: CreateStoreInput!) { createStore(input: $input) { store { id } } }';
      const { store } = (await watchers.ask(make, { input })).createStore;
      const remove = 'mutation ($id: ID!) { deleteStore(id: $id) { userErrors { code } } }';

      const [, { trackedUrl, userErrors }] = await Promise.all([watchers.ask(remove, { id: store.id }), add({ url })]);

      expect([trackedUrl?.store.name.toLowerCase().slice(0, 3), userErrors]).toEqual(['tea', []]);
      await watchers.empty();
    }
  });

  it.each([
    ['tea.test', '/free', 'NO_PRICE'],
    ['tea.test', '/plain', 'NO_PRICE'],
    ['tea.test', '/gone', 'GONE'],
    ['tea.test', '/nowhere', 'GONE'],
    ['tea.test', '/walled', 'BLOCKED'],
    ['tea.test', '/broken', 'FETCH_ERROR'],
    ['krona.test', '/tea', 'NO_PRICE'],
    ['unknown.test', '/', 'FETCH_ERROR'],
    ['inside.test', '/', 'BLOCKED_ADDRESS'],
    ['127.0.0.2', '/', 'BLOCKED_ADDRESS'],
    ['anna:secret@tea.test', '/green', 'INVALID_URL'],
  ])('says what is wrong with http://%s%s, and leaves nothing: %s', async (host, path, code) => {
    const refusal = { isNew: false, product: null, trackedUrl: null, userErrors: [{ code, field: ['input', 'url'] }] };

    expect(await add({ url: watchers.web.url(host, path) })).toEqual(refusal);

    expect(Object.values(await watchers.counts(...everything))).toEqual([0, 0, 0, 0]);
    expect(watchers.web.trespasses).toEqual([]);
    if (['GONE', 'BLOCKED_ADDRESS', 'INVALID_URL'].includes(code))
      expect(await add({ url: watchers.web.url(host, path), evenWithoutPrice: true })).toEqual(refusal);
  });

  it('adds a page without a price where that is wished', async () => {
    const free = await add({ url: watchers.web.url('tea.test', '/free'), evenWithoutPrice: true });
    const walled = await add({ url: watchers.web.url('tea.test', '/walled'), evenWithoutPrice: true });

    expect(free).toMatchObject({
      isNew: true,
      product: { name: 'No price' },
      trackedUrl: { lastOutcome: 'NO_PRICE', price: null },
    });
    expect(walled).toMatchObject({
      product: { name: `tea.test:${watchers.web.port}/walled` },
      trackedUrl: { lastOutcome: 'BLOCKED', lastError: expect.any(String) },
    });
    expect(Object.values(await watchers.counts(...everything))).toEqual([1, 2, 2, 0]);
  });

  it('reads a page as its store says', async () => {
    const input = { name: 'Krona', domains: ['krona.test'], currency: 'SEK' };
    const query = 'mutation ($input: CreateStoreInput!) { createStore(input: $input) { userErrors { code } } }';
    expect((await watchers.ask(query, { input })).createStore.userErrors).toEqual([]);

    const { trackedUrl } = await add({ url: watchers.web.url('krona.test', '/tea') });

    expect(trackedUrl).toMatchObject({ price: { amount: '49.00', currencyCode: 'SEK' }, store: { name: 'Krona' } });
    expect(await watchers.counts('stores')).toEqual({ stores: 1 });
  });

  it('refuses a bad name or target before it asks the shop', async () => {
    const url = watchers.web.url('tea.test', '/green');
    const visits = watchers.web.visits.length;

    expect((await add({ url, name: ' ' })).userErrors).toMatchObject([{ code: 'BAD_NAME' }]);
    const bad = { amount: '0', currencyCode: 'EUR' };
    expect((await add({ url, targetPrice: bad })).userErrors).toMatchObject([{ code: 'OUT_OF_RANGE' }]);
    expect(watchers.web.visits).toHaveLength(visits);
  });
});
