import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMetrics } from '@gastronom/shared/metrics';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLSchema, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { sha256 } from '../src/documents/document-reader.ts';
import { apiSchema } from './api-schema.ts';
import { Dice } from './fuzz/dice.ts';
import { randomOperation } from './fuzz/random-operation.ts';
import { type Answer, modes, startTestGraph, type TestGraph } from './harness.ts';
import { minimalOperation } from './rights/minimal-operation.ts';

const list =
  'query List($first: Int) { products(first: $first, sort: NAME_ASC) { nodes { sku name price { amount } availableOnline } } }';
const mine = 'query Mine { productsBySku(skus: ["TEA"]) { sku isFavourite } }';
const toAll = 'public, max-age=0, s-maxage=30, stale-while-revalidate=30';
const toNobody = 'private, no-store';

/** How often the operations of this process came about in this way. */
async function counted(way: string): Promise<number> {
  const metric = (await readMetrics()).find(({ name }) => name === 'gastronom_shared_answers_total');
  const values = (metric as { values?: { labels: { way?: string }; value: number }[] } | undefined)?.values ?? [];
  return values.find(({ labels }) => labels.way === way)?.value ?? 0;
}

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe.each(modes)('shared answers, %s', (mode) => {
  let graph: TestGraph;
  let folder: string;
  let teaId: string;

  beforeAll(async () => {
    process.env.AVAILABILITY_DEBOUNCE_SECONDS = '0';
    folder = await mkdtemp(join(tmpdir(), 'sharing-'));
    await writeFile(
      join(folder, 'documents.json'),
      JSON.stringify({ list, mine, tea: '{ product(sku: "TEA") { name } }' }),
    );
    graph = await startTestGraph(mode, {
      ANSWER_CACHE_SECONDS: '30',
      RATE_LIMIT_IP: '1000000',
      RATE_LIMIT_USER: '1000000',
      PERSISTED_DOCUMENTS: folder,
    });
    await sync({});
    teaId = (await graph.query('{ product(sku: "TEA") { id } }')).data.product.id;
  });
  afterEach(() => graph.broken.clear());
  afterAll(async () => {
    await graph.stop();
    await rm(folder, { recursive: true });
    delete process.env.AVAILABILITY_DEBOUNCE_SECONDS;
  });

  const sync = async (tea: object) => {
    const { data, errors } = await graph.query(
      'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { results { outcome } userErrors { message } } }',
      { input: { source: 'one_c', items: [{ sku: 'TEA', name: 'Tea', stockQuantity: 12, ...tea }] } },
      graph.tokens.service,
    );
    expect({ errors, problems: data.syncProducts.userErrors }).toEqual({ errors: undefined, problems: [] });
  };
  const changeBehindTheDoor = (row: object) =>
    graph.command('catalog', 'mutation ($batch: JSON!) { applyProducts(batch: $batch) }', {
      batch: {
        source: 'one_c',
        runId: crypto.randomUUID(),
        actor: 'internal:test',
        observedAt: new Date().toISOString(),
        rows: [{ index: 0, sku: 'TEA', name: 'Tea', ...row }],
      },
    });
  /** Holds the questions to the catalogue back; what is asked meanwhile waits. */
  const holdCatalogue = () => {
    const whole = graph.whole('catalog');
    const gate = Promise.withResolvers<void>();
    let asked = 0;
    graph.broken.set('catalog', {
      ...whole,
      execute: async (operation, request) => {
        // What the product asks of itself goes on.
        if (request.viewer.kind === 'internal') return whole.execute(operation, request);
        asked += 1;
        await gate.promise;
        return whole.execute(operation, request);
      },
    });
    return { open: gate.resolve, asked: () => asked };
  };
  /** Until nothing is left to be told that happened before. */
  const settled = () =>
    until(async () => {
      const left = await graph.database.query(
        `SELECT 1 FROM jobs.job WHERE name LIKE '%availability%' AND state IN ('created', 'retry', 'active')`,
      );
      return left.length === 0;
    });
  const nameNow = async (token = '') =>
    (await graph.query('{ product(sku: "TEA") { name } }', {}, token)).data.product?.name;
  const get = (search: Record<string, string>, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${graph.url}?${new URLSearchParams(search)}`, { method, headers });

  it('are run once for whoever asks at the same moment', async () => {
    await settled();
    const catalogue = holdCatalogue();
    const before = await counted('joined');
    const viewers = ['', graph.tokens.customer, graph.tokens.restaurant, graph.tokens.supplier, '', ''];
    const query = 'query Once($a: Int, $f: ProductFilter) { products(first: $a, filter: $f) { nodes { sku } } }';
    const given = [
      { a: 7, f: { text: 'tea', available: true } },
      { f: { available: true, text: 'tea' }, a: 7 },
    ];

    const asked = viewers.map((token, place) => graph.query(query, given[place % 2], token));
    await until(async () => (await counted('joined')) - before === viewers.length - 1);
    catalogue.open();
    const answers = await Promise.all(asked);

    expect(catalogue.asked()).toBe(1);
    expect(answers.map(({ data }) => data)).toEqual(viewers.map(() => ({ products: { nodes: [{ sku: 'TEA' }] } })));
  });

  it('are kept, and each who gets them is charged', async () => {
    const left = ({ headers }: Answer) => Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
    await graph.query(list, { first: 3 });
    await graph.query(list, { first: 3 });
    graph.statements();
    const kept = await counted('kept');
    const first = await graph.query(list, { first: 3 });
    const second = await graph.query(list, { first: 3 });

    expect(graph.statements()).toEqual({});
    expect((await counted('kept')) - kept).toBe(2);
    // The request, and the operation.
    expect(left(first) - left(second)).toBe(2);
    expect(second.data).toEqual(first.data);
  });

  it('are never those that are somebody’s own, however much alike what is asked', async () => {
    await graph.query(
      `mutation { addFavourite(productId: "${teaId}") { userErrors { message } } }`,
      {},
      graph.tokens.customer,
    );
    const documents = [
      mine,
      '{ productsBySku(skus: ["TEA"]) { sku isFavourite: isFavourite } }',
      'query ($skus: [String!]!) { productsBySku(skus: $skus) { ...A } } fragment A on Product { ...B } fragment B on Product { isFavourite }',
      'query ($on: Boolean = true) { productsBySku(skus: ["TEA"]) { sku isFavourite @include(if: $on) } }',
      'query ($on: Boolean = true) { productsBySku(skus: ["TEA"]) { sku ... @skip(if: $on) { name } ... { isFavourite } } }',
      '{ products(first: 1, filter: { text: "tea" }) { edges { node { isFavourite } } } }',
    ];
    for (const query of documents) {
      const ask = (token: string) => graph.query(query, { skus: ['TEA'] }, token);
      const tokens = [
        graph.tokens.customer,
        '',
        graph.tokens.restaurant,
        graph.tokens.customer,
        graph.tokens.supplier,
        '',
      ];
      const answers = await Promise.all([...tokens, ...tokens].map(ask));
      const marks = answers.map(({ data }) => /"isFavourite":(\w+)/.exec(JSON.stringify(data))?.[1]);
      const expected = tokens.map((token) => String(token === graph.tokens.customer));
      expect([query, marks]).toEqual([query, [...expected, ...expected]]);
    }
  });

  it('are never somebody’s name, cart or prices', async () => {
    const query = '{ me { id email } products(first: 1) { nodes { sku offers { nodes { id price { amount } } } } } }';
    const tokens = [graph.tokens.customer, graph.tokens.restaurant, '', graph.tokens.supplier];
    const before = (await counted('joined')) + (await counted('kept'));
    const answers = await Promise.all([...tokens, ...tokens].map((token) => graph.query(query, {}, token)));
    const ids = answers.map(({ data }) => data?.me?.id ?? null);

    expect(new Set(ids).size).toBe(4);
    expect(ids.slice(0, 4)).toEqual(ids.slice(4));
    expect((await counted('joined')) + (await counted('kept'))).toBe(before);
  });

  it('are staff’s for nobody: they see what is hidden, and what is now', async () => {
    const query = 'query Hidden($h: Boolean) { products(first: 2, filter: { includeHidden: $h }) { nodes { sku } } }';
    const [seen, refused] = await Promise.all([
      graph.query(query, { h: true }, graph.tokens.admin),
      graph.query(query, { h: true }),
    ]);
    expect(seen.errors).toBeUndefined();
    expect(refused.errors?.[0].extensions.code).toBe('FORBIDDEN');
    expect((await graph.query(query, { h: true }, graph.tokens.customer)).errors?.[0].extensions.code).toBe(
      'FORBIDDEN',
    );
  });

  it('outlive the one who asked first', async () => {
    await settled();
    const catalogue = holdCatalogue();
    const before = await counted('joined');
    const leaving = new AbortController();
    const query = '{ product(sku: "TEA") { name unit } }';
    const body = JSON.stringify({ query });
    const headers = { 'content-type': 'application/json' };
    const first = fetch(graph.url, { method: 'POST', headers, body, signal: leaving.signal }).catch(() => 'gone');
    await until(async () => catalogue.asked() === 1);
    const second = graph.query(query);
    await until(async () => (await counted('joined')) - before === 1);
    leaving.abort();
    expect(await first).toBe('gone');
    catalogue.open();

    expect((await second).data.product.name).toBe('Tea');
    expect(catalogue.asked()).toBe(1);
  });

  it('are no errors: each gets them by themselves, and who asks next asks anew', async () => {
    const query = '{ product(sku: "TEA") { name brand } }';
    const whole = graph.whole('catalog');
    graph.broken.set('catalog', { ...whole, execute: () => Promise.reject(new Error('out of order')) });
    const failed = await Promise.all([graph.query(query), graph.query(query)]);
    graph.broken.clear();

    const ids = failed.map(({ errors }) => errors?.[0].extensions.requestId);
    expect(new Set(ids).size).toBe(2);
    expect(failed.map(({ headers }) => headers.get('cache-control'))).toEqual([toNobody, toNobody]);
    expect((await graph.query(query)).data.product.name).toBe('Tea');
  });

  it('are dropped by a change of which no request of theirs knows', async () => {
    await changeBehindTheDoor({ name: 'First name' });
    expect(await nameNow()).toBe('First name');
    await changeBehindTheDoor({ name: 'Second name', price: '11.00', currency: 'RUB' });
    expect(await nameNow()).toBe('Second name');
  });

  it('are dropped when what can be bought is another', async () => {
    const available = async () =>
      (await graph.query('{ product(sku: "TEA") { availableOnline } }')).data.product.availableOnline;
    await sync({ stockQuantity: 12 });
    expect(await available()).toBe(7);
    await sync({ stockQuantity: 21 });
    expect(await available()).toBe(16);
  });

  it('are not kept where the change came while they were read', async () => {
    const catalogue = holdCatalogue();
    const query = '{ product(sku: "TEA") { name tags } }';
    const reading = graph.query(query);
    await until(async () => catalogue.asked() === 1);
    graph.broken.clear();
    // What waits was asked before; it is answered with what it reads, and that is nobody else’s answer.
    await changeBehindTheDoor({ name: 'Third name' });
    await graph.database.query(`UPDATE catalog.products SET name = 'Never told' WHERE sku = 'TEA'`);
    catalogue.open();
    expect((await reading).data.product.name).toBe('Never told');
    await graph.database.query(`UPDATE catalog.products SET name = 'Third name' WHERE sku = 'TEA'`);
    expect((await graph.query(query)).data.product.name).toBe('Third name');
  });

  it('are of after whatever the caller has changed itself', async () => {
    const set = (name: string) =>
      graph.query(
        `mutation { setProductOverrides(input: { productId: "${teaId}", name: "${name}" }) { userErrors { message } } }`,
        {},
        graph.tokens.admin,
      );
    for (const name of ['One', 'Two', 'Three']) {
      await set(name);
      expect([await nameNow(), await nameNow(graph.tokens.customer), await nameNow(graph.tokens.admin)]).toEqual([
        name,
        name,
        name,
      ]);
    }
    await settled();
    await nameNow();
    const kept = await counted('kept');
    await graph.query('mutation { clearCart { userErrors { message } } }', {}, graph.tokens.customer);
    await nameNow();
    expect((await counted('kept')) - kept).toBe(1);
  });

  describe('to caches between', () => {
    it('are sent by the name of a document, with a tag, and not again to who has them', async () => {
      const variables = JSON.stringify({ first: 2 });
      const answer = await get({ documentId: 'list', variables });
      const text = await answer.text();
      const tag = answer.headers.get('etag') ?? '';
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, toAll]);
      expect(JSON.parse(text).data.products.nodes).toHaveLength(1);
      expect(tag).toMatch(/^W\/"/);
      expect(answer.headers.get('vary')).toMatch(/\bAccept\b/);
      expect(answer.headers.get('ratelimit')).toBeNull();
      expect(Number(answer.headers.get('age'))).toBeGreaterThanOrEqual(0);

      for (const known of [tag, tag.replace('W/', ''), `"other", ${tag}`, '*']) {
        const same = await get({ documentId: 'list', variables }, { 'if-none-match': known });
        expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', tag]);
        expect(same.headers.get('cache-control')).toBe(toAll);
      }
      const other = await get({ documentId: 'list', variables }, { 'if-none-match': '"other"' });
      expect([other.status, await other.text()]).toEqual([200, text]);
    });

    it('are sent by the hash of a persisted query', async () => {
      const query = '{ product(sku: "TEA") { sku } }';
      const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: sha256(query) } });
      const missed = await get({ extensions });
      expect([missed.status, missed.headers.get('cache-control')]).toEqual([200, toNobody]);
      await get({ extensions, query }, { 'apollo-require-preflight': '1' });
      const found = await get({ extensions });
      expect([(await found.json()) as object, found.headers.get('cache-control')]).toEqual([
        { data: { product: { sku: 'TEA' } } },
        toAll,
      ]);
    });

    it('have another tag after a change', async () => {
      const tag = async () => (await get({ documentId: 'tea' })).headers.get('etag');
      const before = await tag();
      await changeBehindTheDoor({ name: 'Of another tag' });
      await graph.query(
        `mutation { setProductOverrides(input: { productId: "${teaId}", name: null }) { product { name } } }`,
        {},
        graph.tokens.admin,
      );
      expect(await tag()).not.toBe(before);
    });

    it.each([
      ['what is somebody’s own', { documentId: 'mine' }, {}],
      ['an error', { documentId: 'list', variables: '{"first":1000}' }, {}],
      ['a document that is not there', { documentId: 'nothing' }, {}],
      ['a document that was sent', { query: list }, { 'apollo-require-preflight': '1' }],
      [
        'a document that was sent beside its name',
        { documentId: 'list', query: list },
        { 'apollo-require-preflight': '1' },
      ],
    ])('are not %s', async (_what, search, headers) => {
      const answer = await get(search as Record<string, string>, headers as Record<string, string>);
      await answer.text();
      expect([answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual([toNobody, null]);
    });

    it('are not answers to who says who they are, nor to what is no GET', async () => {
      const authorization = `Bearer ${graph.tokens.customer}`;
      const preflight = { 'apollo-require-preflight': '1' };
      const answers = [
        await get({ documentId: 'list' }, { authorization, ...preflight }),
        await get({ documentId: 'list' }, { authorization: 'Bearer nonsense', ...preflight }),
        await get({ documentId: 'list' }, {}, 'HEAD'),
        await get({ documentId: 'list' }, {}, 'OPTIONS'),
        await fetch(graph.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ documentId: 'list' }),
        }),
      ];
      for (const { headers } of answers) expect(headers.get('cache-control') ?? '').not.toContain('public');
    });
  });

  it('are those of fields that say so, and of no others, whatever is asked', async () => {
    const schema = await apiSchema();
    const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
    const shared: string[] = [];
    const ask = async (query: string, variables: object) => {
      const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: sha256(query) } });
      const search = { extensions, variables: JSON.stringify(variables) };
      await (await get({ ...search, query }, { 'apollo-require-preflight': '1' })).text();
      const answer = await get(search);
      const isPublic = answer.headers.get('cache-control')?.startsWith('public') ?? false;
      const text = await answer.text();
      if (isPublic) expect(JSON.parse(text)).not.toHaveProperty('errors');
      return isPublic;
    };
    for (const field of roots) {
      const { declarations, selection, variables } = minimalOperation(field);
      const head = declarations.length > 0 ? `query (${declarations.join(', ')})` : 'query';
      if (await ask(`${head} { ${selection} }`, variables)) shared.push(field.name);
    }
    expect(shared.sort()).toEqual(['categories', 'category', 'products', 'productsBySku', 'searchSuggestions']);

    const open = new Set(['product', ...shared].map((name) => `Query.${name}`));
    let seen = 0;
    for (let seed = 1; seed <= 25; seed += 1) {
      const dice = new Dice(seed);
      const { query, variables } = randomOperation(
        dice,
        schema,
        { ids: new Map(), texts: ['tea'], cursors: [] },
        { kind: 'query', open },
      );
      if (!(await ask(query, variables))) continue;
      seen += 1;
      expect([query, ownFields(schema, query)]).toEqual([query, []]);
    }
    expect(seen).toBeGreaterThan(0);
  });
});

/** What hangs on who asks, found in another way than the gateway finds it. */
function ownFields(schema: GraphQLSchema, query: string): string[] {
  const types = new TypeInfo(schema);
  const own: string[] = [];
  const shared =
    /^(Category|Nutrition|ProductImage|Money|PageInfo|ProductConnection|ProductEdge|SearchSuggestion|Availability)\./;
  const ofProduct = /^Product\.(isFavourite|overrides|stock|offers|bestOffer|.*[oO]ffer.*|.*[fF]orecast)$/;
  visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field() {
        const parent = types.getParentType()?.name ?? '';
        const name = types.getFieldDef()?.name ?? '';
        const path = `${parent}.${name}`;
        if (name.startsWith('__') || shared.test(path)) return;
        if (parent === 'Product' ? ofProduct.test(path) : parent !== 'Query') own.push(path);
      },
    }),
  );
  return own;
}
