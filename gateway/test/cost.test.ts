import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { startTestGraph, type TestGraph } from './harness.ts';

/** A row of it costs 162: itself, five pictures, and its category with three levels below, each of five. */
const tree = 'nodes { images { url } category { children { children { children { name } } } } }';
const twoPages = `query ($first: Int) { newest: products(first: $first) { ${tree} } byName: products(first: $first, sort: NAME_ASC) { ${tree} } }`;

describe('the cost of an operation at the public door', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph();
  });
  afterAll(() => graph.stop());

  const detailsOf = async (query: string, variables = {}) =>
    (await graph.query(query, variables)).errors?.[0].extensions.details;

  it('refuses what would cost more than one may, with the cost and the limit, before anything runs', async () => {
    graph.statements();

    const { status, data, errors } = await graph.query(twoPages, { first: 100 });

    expect([status, data, errors?.length]).toEqual([400, undefined, 1]);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/would cost 32402, more than the 20000 .* Ask for shorter pages \(`first`\)/),
      extensions: {
        code: 'OPERATION_TOO_COSTLY',
        error: 'OperationTooCostlyError',
        status: 400,
        details: { cost: 32_402, limit: 20_000 },
      },
    });
    expect(graph.statements()).toEqual({});
  });

  it('runs the same document with variables that ask for less', async () => {
    const { data, errors } = await graph.query(twoPages, { first: 61 });

    expect([data, errors]).toEqual([{ newest: { nodes: [] }, byName: { nodes: [] } }, undefined]);
    expect(await detailsOf(twoPages, { first: 62 })).toEqual({ cost: 20_090, limit: 20_000 });
  });

  it('takes together what each alias asks for', async () => {
    const page = `products(first: 31) { ${tree} }`;

    expect(await detailsOf(`{ a: ${page} b: ${page} c: ${page} }`)).toBeUndefined();
    expect(await detailsOf(`{ a: ${page} b: ${page} c: ${page} d: ${page} }`)).toEqual({ cost: 20_092, limit: 20_000 });
  });

  it('counts the operation that is asked for, where a document has several', async () => {
    const query = `query Small { products(first: 1) { ${tree} } } query Large { a: products(first: 100) { ${tree} } b: products(first: 100) { ${tree} } }`;
    const codeOf = async (operationName: string) => {
      const response = await fetch(graph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, operationName }),
      });
      return ((await response.json()) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;
    };

    expect([await codeOf('Small'), await codeOf('Large')]).toEqual([undefined, 'OPERATION_TOO_COSTLY']);
  });

  it('lets Sandbox ask for the whole schema', async () => {
    const { data, errors } = await graph.query(getIntrospectionQuery());

    expect(errors).toBeUndefined();
    expect(data.__schema.types.length).toBeGreaterThan(50);
  });

  it('lets a storefront show a hundred goods with all there is to them', async () => {
    const all = `{ products(first: 100) { totalCount pageInfo { hasNextPage } nodes {
      id sku name price { amount } nutrition { fat } category { name path { name } } images { url }
      availability { status availableOnline }
    } } }`;

    expect((await graph.query(all)).errors).toBeUndefined();
  });

  it('lets a scraper bring a thousand rows and read what became of each', async () => {
    const items = Array.from({ length: 1_000 }, (_, index) => ({ sku: String(index), name: `Чай ${index}` }));
    const sync = `mutation ($input: SyncProductsInput!) {
      syncProducts(input: $input) { results { index outcome errors { code message } } }
    }`;

    const { data } = await graph.query(sync, { input: { source: 'one_c', items } }, graph.tokens.service);

    expect(data.syncProducts.results).toHaveLength(1_000);
  });
});
