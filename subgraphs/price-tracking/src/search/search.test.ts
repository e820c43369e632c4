import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPriceTrackingContext } from '../context.ts';
import { readPriceTrackingSettings } from '../env.ts';
import { priceTracking } from '../subgraph.ts';

const { customer, staff } = viewers;
const start = Date.parse('2026-11-20T08:00:00Z');
const clock = { now: start };

/** Answers as SearXNG does, unless a test wants otherwise. */
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: string[];
let searxng: Server;
let subgraph: TestSubgraph;

const result = (url: unknown, title: unknown, more: object = {}) => ({
  ...{
    url,
    title,
    content: `About ${title}`,
    engine: 'duckduckgo',
    engines: ['duckduckgo'],
    score: 1,
    category: 'general',
  },
  ...{
    template: 'default.html',
    parsed_url: ['https', 'shop.example', '/', '', '', ''],
    positions: [1],
    thumbnail: '',
  },
  ...more,
});
const json = (response: ServerResponse, body: unknown) =>
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(typeof body === 'string' ? body : JSON.stringify(body));
const answering = (...results: unknown[]) => {
  answer = (_request, response) =>
    json(response, {
      ...{ query: 'tea', number_of_results: 0, results, answers: [], corrections: [], infoboxes: [], suggestions: [] },
      unresponsive_engines: [['google', 'CAPTCHA']],
    });
};

beforeAll(async () => {
  searxng = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(searxng, 'listening');
  const { port } = searxng.address() as AddressInfo;
  const settings = readPriceTrackingSettings({ SEARXNG_URL: `http://me:p%40ss@127.0.0.1:${port}/find/` });
  const createContext: typeof priceTracking.createContext = (environment) =>
    createPriceTrackingContext(environment, settings, () => clock.now);
  subgraph = await createTestSubgraph({ ...priceTracking, createContext });
});
beforeEach(() => {
  asked = [];
  // Longer than anything is kept or paused.
  clock.now += 86_400_000;
  answering();
});
afterEach(() => subgraph.ownerQuery('TRUNCATE price_tracking.stores, price_tracking.tracked_products CASCADE'));
afterAll(async () => {
  await subgraph.close();
  searxng.closeAllConnections();
  searxng.close();
});

const fields = `{ source page hasNextPage results { url host title snippet imageUrl store { slug } trackedUrl { product { name } } } }`;
const search = async (query: string, more: object = {}, viewer: Viewer = customer) => {
  const text = `query ($query: String!, $page: Int, $known: Boolean, $store: ID) {
    searchProducts(query: $query, page: $page, knownStoresOnly: $known, storeId: $store) ${fields} }`;
  const { data, errors } = await subgraph.execute(text, { query, page: 1, known: false, ...more }, viewer);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.searchProducts;
};
const insert = async (
  table: string,
  row: Record<string, unknown>,
  ownerId: string = customer.userId,
): Promise<string> => {
  const all = { owner_id: ownerId, ...row };
  const places = Object.keys(all).map((_, place) => `$${place + 1}`);
  const [made] = await subgraph.ownerQuery<{ row: { id: string } }>(
    `INSERT INTO price_tracking.${table} AS made (${Object.keys(all)}) VALUES (${places}) RETURNING to_jsonb(made) AS row`,
    Object.values(all),
  );
  return made?.row.id ?? '';
};
/** A store with a tracked page. */
const track = async (slug: string, name: string, path: string, ownerId: string = customer.userId) => {
  const host = `${slug}.example`;
  const [known] = await subgraph.ownerQuery<{ id: string }>(
    'SELECT id FROM price_tracking.stores WHERE owner_id = $1 AND slug = $2',
    [ownerId, slug],
  );
  const store_id = known?.id ?? (await insert('stores', { name: slug, slug }, ownerId));
  if (!known) await insert('store_domains', { domain: host, store_id, position: 1 }, ownerId);
  const product_id = await insert('tracked_products', { name }, ownerId);
  await insert(
    'tracked_urls',
    { product_id, store_id, url: `https://${host}${path}`, host, is_primary: true },
    ownerId,
  );
};
const slugs = (found: { results: { store: { slug: string } | null }[] }) =>
  found.results.map(({ store }) => store?.slug ?? null);

describe('searchProducts', () => {
  it('asks SearXNG, and says which store each page fits and whether it is tracked', async () => {
    await track('contoso', 'Green tea', '/tea/1');
    await track('contoso', 'Of another', '/tea/2', staff.userId);
    answering(
      result('https://contoso.example/tea/1?utm_source=x#top', 'Tea  one'),
      result('https://www.contoso.example/tea/2', 'Tea two', { img_src: '//img.example/2.png', content: '' }),
      result('https://other.example:8443/tea', 'Tea three', { thumbnail: 'data:image/png;base64,x' }),
    );

    const found = await search('  Green   TEA ');

    expect(asked).toEqual(['/find/search?q=Green+TEA&format=json&pageno=1']);
    expect(found).toEqual({
      source: 'SEARXNG',
      page: 1,
      hasNextPage: true,
      results: [
        {
          ...{ url: 'https://contoso.example/tea/1', host: 'contoso.example', title: 'Tea one' },
          ...{ snippet: 'About Tea one', imageUrl: null, store: { slug: 'contoso' } },
          trackedUrl: { product: { name: 'Green tea' } },
        },
        {
          ...{ url: 'https://www.contoso.example/tea/2', host: 'www.contoso.example', title: 'Tea two', snippet: null },
          ...{ imageUrl: 'https://img.example/2.png', store: { slug: 'contoso' }, trackedUrl: null },
        },
        {
          ...{ url: 'https://other.example:8443/tea', host: 'other.example:8443', title: 'Tea three' },
          ...{ snippet: 'About Tea three', imageUrl: null, store: null, trackedUrl: null },
        },
      ],
    });
    expect(slugs(await search('green tea', { known: true }))).toEqual(['contoso', 'contoso']);
  });

  it('says who it is, and tells SearXNG nothing but the words', async () => {
    let headers: IncomingMessage['headers'] = {};
    answer = (request, response) => {
      headers = request.headers;
      json(response, { results: [] });
    };

    await search('!!g :ru ?tea !torrent');

    expect(headers).toMatchObject({
      accept: expect.stringContaining('application/json'),
      authorization: `Basic ${btoa('me:p@ss')}`,
      'user-agent': expect.stringContaining('GastronomBot'),
    });
    expect(asked).toEqual(['/find/search?q=g+ru+tea+torrent&format=json&pageno=1']);
  });

  it('keeps what was found for an hour, page by page, for whoever asks', async () => {
    answering(result('https://contoso.example/tea', 'Tea'));

    await search('tea');
    subgraph.statements();
    await search('Tea', {}, staff);
    expect(subgraph.statements()).toHaveLength(4);
    await search('tea', { page: 2 });
    clock.now += 59 * 60_000;
    await search('tea');
    expect(asked.map((path) => path.slice(-1))).toEqual(['1', '2']);
    clock.now += 60_000;
    await search('tea');

    expect(asked.map((path) => path.slice(-1))).toEqual(['1', '2', '1']);
    clock.now += 2 * 3_600_000;
    await search('coffee');
    expect(await subgraph.ownerQuery('SELECT query FROM price_tracking.found_pages')).toEqual([{ query: 'coffee' }]);
  });

  it('takes what is sound of an answer, and leaves the rest', async () => {
    answering(
      ...[
        null,
        5,
        {},
        result(7, 'Number'),
        result('javascript:alert(1)', 'Script'),
        result('https://a.example/', { x: 1 }),
      ],
      result('https://user:secret@b.example/', 'Credentials'),
      result('https://c.example/', `\0 ${'long '.repeat(200)}`, { content: ['x'], img_src: {} }),
      ...Array.from({ length: 300 }, (_, i) => result(`https://d.example/${i % 100}`, 'Twice')),
    );

    const { source, results } = await search('tea');

    expect([source, results.length]).toEqual(['SEARXNG', 50]);
    expect(results[0]).toMatchObject({ url: 'https://c.example/', snippet: null, imageUrl: null });
    expect(results[0].title).toHaveLength(300);
    expect(new Set(results.map(({ url }: { url: string }) => url)).size).toBe(50);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['is forbidden to give JSON', (response) => response.writeHead(403).end('Forbidden')],
    ['breaks', (response) => response.writeHead(500).end()],
    ['leads elsewhere', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['sends a page', (response) => json(response, '<html>')],
    ['sends something else', (response) => json(response, '{"results":{}}')],
    ['sends half of it', (response) => json(response, '{"results":[{"url":"https://a.exam')],
    ['hangs up', (response) => response.destroy()],
    [
      'sends too much',
      (response) => {
        response.writeHead(200);
        const more = () => response.write(Buffer.alloc(1_000_000, 32), () => !response.destroyed && more());
        more();
      },
    ],
  ])('searches what is tracked where SearXNG %s, and asks it no more for a while', async (_what, misbehave) => {
    await track('contoso', 'Green tea', '/tea/1');
    answer = (_request, response) => misbehave(response);

    const found = await search('tea');

    expect(found).toMatchObject({ source: 'LOCAL', hasNextPage: false, results: [{ title: 'Green tea' }] });
    expect(asked).toHaveLength(1);
    answering(result('https://a.example/', 'Back'));
    expect((await search('tea')).source).toBe('LOCAL');
    clock.now += 30_000;
    expect((await search('tea')).source).toBe('SEARXNG');
  });

  it('finds tracked pages by all words, one’s own alone, page by page, in four statements', async () => {
    for (let number = 10; number < 32; number += 1) await track('contoso', `Tea ${number}`, `/tea/${number}`);
    await track('contoso', 'Coffee 100%', '/coffee');
    await track('fabrikam', 'Tea 99', '/tea', staff.userId);
    answer = (_request, response) => response.writeHead(503).end();
    await search('x');
    subgraph.statements();

    const first = await search('TEA');
    expect(subgraph.statements()).toHaveLength(4);
    const second = await search('tea', { page: 2 });
    const titles = async (query: string) => (await search(query)).results.map(({ title }: { title: string }) => title);

    expect([first.results.length, first.hasNextPage]).toEqual([20, true]);
    expect(first.results[0]).toMatchObject({
      title: 'Tea 10',
      store: { slug: 'contoso' },
      url: 'https://contoso.example/tea/10',
    });
    expect([second.results.length, second.hasNextPage]).toEqual([2, false]);
    expect(await titles('13 tea')).toEqual(['Tea 13']);
    expect(await titles('100%')).toEqual(['Coffee 100%']);
    expect(await titles('%')).toEqual(['Coffee 100%']);
    expect(await titles('99')).toEqual([]);
  });

  it('looks in one store alone, where that is asked', async () => {
    await track('contoso', 'Green tea', '/tea/1');
    await track('fabrikam', 'Black tea', '/tea/1');
    await track('fabrikam', 'Tea of another', '/tea', staff.userId);
    const idOf = async (slug: string, ownerId: string) => {
      const sql = 'SELECT id FROM price_tracking.stores WHERE slug = $1 AND owner_id = $2';
      return (await subgraph.ownerQuery<{ id: string }>(sql, [slug, ownerId]))[0]?.id;
    };
    const store = await idOf('fabrikam', customer.userId);
    answering(result('https://fabrikam.example/tea/2', 'Tea'), result('https://contoso.example/tea/1', 'Stray'));

    const found = await search('tea', { store });
    answer = (_request, response) => response.writeHead(503).end();
    const local = await search('tea leaves', { store });
    const known = await search('tea', { store, page: 2 });

    expect(asked[0]).toBe('/find/search?q=tea+site%3Afabrikam.example&format=json&pageno=1');
    expect(slugs(found)).toEqual(['fabrikam']);
    expect(local).toMatchObject({ source: 'LOCAL', results: [] });
    expect(known).toMatchObject({ source: 'LOCAL', results: [] });
    expect((await search('black', { store })).results).toMatchObject([{ title: 'Black tea' }]);
    expect((await search('green', { store })).results).toEqual([]);
    await expect(search('tea', { store: await idOf('fabrikam', staff.userId) })).rejects.toThrow('of one’s own');
  });

  it('refuses what is no question, and those who are nobody', async () => {
    const code = async (query: string, page: number, viewer: Viewer) =>
      (
        await subgraph.execute(
          `{ searchProducts(query: ${JSON.stringify(query)}, page: ${page}) { page } }`,
          {},
          viewer,
        )
      ).errors?.[0]?.extensions?.code;

    expect(await code(' !! ', 1, customer)).toBe('BAD_USER_INPUT');
    expect(await code('tea', 0, customer)).toBe('BAD_USER_INPUT');
    expect(await code('tea', 21, customer)).toBe('BAD_USER_INPUT');
    expect(await code('tea', 1, viewers.anonymous)).toBe('UNAUTHENTICATED');
    expect(await code('tea', 1, viewers.service)).toBe('FORBIDDEN');
    expect(asked).toEqual([]);
  });
});
