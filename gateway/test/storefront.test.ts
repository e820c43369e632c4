import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { remoteSubgraph } from '@gastronom/shared/remote-subgraph';
import { createSeal } from '@gastronom/shared/sealed-call';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';

const sync = `mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { results { outcome errors { code message } } userErrors { message } } }`;
const page = `query ($first: Int, $after: String) {
  products(first: $first, after: $after, sort: NAME_ASC) {
    nodes { id sku name price { amount currencyCode } isAvailable availableOnline availability { status availableOnline asOf isStale } }
    pageInfo { hasNextPage endCursor }
  }
}`;

describe.each(modes)('the storefront, %s', (mode) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph(mode, { SUBGRAPH_TIMEOUT_MS: '1500' });
    const items = Array.from({ length: 30 }, (_, n) => ({
      sku: `0${100 + n}`,
      name: `Печенье ${String(n).padStart(2, '0')}`,
      price: `${n + 1},50`,
      stockQuantity: n,
      categoryPath: ['Сладости', 'Печенье'],
    }));
    const { data } = await graph.query(sync, { input: { source: 'one_c', items } }, graph.tokens.service);
    expect(data.syncProducts).toEqual({
      results: items.map(() => ({ outcome: 'CREATED', errors: [] })),
      userErrors: [],
    });
  });
  afterAll(() => graph.stop());

  it('shows an anonymous caller a page of goods with what is available online', async () => {
    const { data, errors } = await graph.query(page, { first: 3 });

    expect(errors).toBeUndefined();
    expect(data.products.nodes[0]).toEqual({
      id: expect.any(String),
      sku: '0100',
      name: 'Печенье 00',
      price: { amount: '1.50', currencyCode: 'RUB' },
      isAvailable: true,
      availableOnline: 0,
      availability: { status: 'OUT_OF_STOCK', availableOnline: 0, asOf: expect.any(String), isStale: false },
    });
    expect(data.products.pageInfo).toMatchObject({ hasNextPage: true });
  });

  it('costs a page of twenty with availability one statement in catalog and one in inventory', async () => {
    await graph.query(page, { first: 20 });
    graph.statements();

    const { data } = await graph.query(page, { first: 20 });

    expect(data.products.nodes).toHaveLength(20);
    const statements = graph.statements();
    expect(Object.fromEntries(Object.entries(statements).map(([name, list]) => [name, list.length]))).toEqual({
      catalog: 1,
      inventory: 1,
    });
  });

  it('costs a product page two statements for the good and the way to it, and three to compare the shop’s offer', async () => {
    const productPage = `{ product(sku: "0110") {
      name description images { url } nutrition { fat } category { name path { id name } }
      availability { status availableOnline asOf isStale }
      bestOffer { total { amount } offer { id supplier { name } } } offers(first: 5) { nodes { id supplier { name } } }
    } }`;
    await graph.query(productPage);
    graph.statements();

    const { errors } = await graph.query(productPage);

    expect(errors).toBeUndefined();
    const counts = Object.entries(graph.statements()).map(([name, list]) => [name, list.length]);
    expect(Object.fromEntries(counts)).toEqual({ catalog: 3, inventory: 2, suppliers: 1 });
  });

  it('keeps 5 of each good in the shop', async () => {
    const { data } = await graph.query(
      '{ product(sku: "0129") { availableOnline } fewer: product(sku: "0105") { availableOnline } }',
    );

    expect(data).toEqual({ product: { availableOnline: 24 }, fewer: { availableOnline: 0 } });
  });

  it('still shows the page when inventory is down, with nulls and an error that says so', async () => {
    const seal = createSeal(graph.database.secret);
    graph.broken.set(
      'inventory',
      remoteSubgraph({ name: 'inventory', url: 'http://127.0.0.1:9/graphql', timeoutMs: 500, seal }),
    );

    const { data, errors, status } = await graph.query(page, { first: 2 });

    graph.broken.clear();
    expect(status).toBe(200);
    expect(
      data.products.nodes.map((node: { name: string; availability: null }) => [node.name, node.availability]),
    ).toEqual([
      ['Печенье 00', null],
      ['Печенье 01', null],
    ]);
    expect(errors?.[0]).toMatchObject({
      message: 'The inventory subgraph cannot be reached.',
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', status: 503 },
    });
  });

  it('waits for a slow subgraph no longer than its time limit', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const seal = createSeal(graph.database.secret);
    const { port } = silent.address() as AddressInfo;
    graph.broken.set(
      'inventory',
      remoteSubgraph({ name: 'inventory', url: `http://127.0.0.1:${port}/graphql`, timeoutMs: 200, seal }),
    );

    const { data, errors } = await graph.query(page, { first: 1 });

    graph.broken.clear();
    silent.closeAllConnections();
    silent.close();
    expect(data.products.nodes[0]).toMatchObject({ name: 'Печенье 00', availableOnline: null });
    expect(errors?.[0].extensions).toMatchObject({ code: 'SUBGRAPH_TIMEOUT', status: 504 });
  });

  it('is healthy in part when one subgraph is down, and not ready', async () => {
    const seal = createSeal(graph.database.secret);
    graph.broken.set(
      'inventory',
      remoteSubgraph({ name: 'inventory', url: 'http://127.0.0.1:9/graphql', timeoutMs: 500, seal }),
    );

    const health = await fetch(graph.url.replace('/graphql', '/health'));
    const ready = await fetch(graph.url.replace('/graphql', '/readyz'));

    graph.broken.clear();
    expect(ready.status).toBe(503);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({
      status: 'warn',
      checks: { 'subgraph:inventory': [{ status: 'fail' }], 'subgraph:catalog': [{ status: 'pass' }] },
    });
  });

  it.each(['stock { quantity }'])('shows raw %s to staff alone', async (field) => {
    const query = `{ product(sku: "0110") { name ${field} } }`;

    const { data } = await graph.query(query, {}, graph.tokens.staff);
    const byOthers = await Promise.all(
      ['', graph.tokens.customer, graph.tokens.service].map((token) => graph.query(query, {}, token)),
    );

    expect(data.product).toEqual({ name: 'Печенье 10', stock: [{ quantity: 10 }] });
    expect(byOthers.map((answer) => [answer.data.product.stock, answer.errors?.[0].extensions.code])).toEqual([
      [null, 'UNAUTHENTICATED'],
      [null, 'FORBIDDEN'],
      [null, 'FORBIDDEN'],
    ]);
  });
});
