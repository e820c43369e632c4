import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { startTestGraph, type TestGraph } from './harness.ts';

describe('the size of operations', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph('one process', { LOG_LEVEL: 'silent' });
  });
  afterAll(() => graph.stop());

  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
    return { status: response.status, body: (await response.json()) as any };
  };
  const times = <Part>(count: number, part: (index: number) => Part): Part[] =>
    Array.from({ length: count }, (_, i) => part(i));
  const nested = (levels: number) =>
    `{ categories ${'{ children '.repeat(levels - 2)} { id } ${'}'.repeat(levels - 2)} }`;
  const introspected = (levels: number) =>
    `{ __type(name: "Product") ${'{ ofType '.repeat(levels - 2)} { name } ${'}'.repeat(levels - 2)} }`;
  const tooLarge = (limit: string, allowed: number, given: number) => ({
    status: 400,
    body: {
      errors: [
        {
          message: expect.stringContaining(String(allowed)),
          extensions: {
            code: 'OPERATION_TOO_LARGE',
            error: 'OperationTooLargeError',
            status: 400,
            timestamp: expect.any(String),
            requestId: expect.any(String),
            details: { limit, allowed, given },
          },
        },
      ],
    },
  });

  it('answers what is within each limit', async () => {
    const aliases = times(20, (i) => `a${i}: __typename`).join(' ');
    const directives = '__typename @include(if: true) '.repeat(50);

    expect((await graph.query(introspected(15))).errors).toBeUndefined();
    expect((await graph.query(`{ ${aliases} }`)).errors).toBeUndefined();
    expect((await graph.query(`{ ${directives} }`)).errors).toBeUndefined();
    expect((await graph.query(`{ ${'__typename '.repeat(400)} }`)).errors).toBeUndefined();
    const introspection = getIntrospectionQuery({
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
    });
    expect((await graph.query(introspection)).data.__schema.queryType).toEqual({ name: 'Query', kind: 'OBJECT' });
  });

  it.each([
    ['levels', nested(16), 'depth', 15, 16],
    [
      'levels hidden in fragments',
      `{ categories { ...A } } ${times(20, (i) => `fragment ${letter(i)} on Category { children { ...${letter(i + 1)} } }`).join(' ')} fragment ${letter(20)} on Category { id }`,
      'depth',
      15,
      22,
    ],
    [
      'levels of inline fragments',
      `{ categories ${'{ ... on Category { children '.repeat(14)} { id } ${'} }'.repeat(14)} }`,
      'depth',
      15,
      16,
    ],
    ['aliases', `{ ${times(21, (i) => `a${i}: __typename`).join(' ')} }`, 'aliases', 20, 21],
    [
      'aliases hidden in fragments',
      `{ ${'categories { ...A } '.repeat(6)} } fragment A on Category { ${times(10, (i) => `a${i}: id`).join(' ')} }`,
      'aliases',
      20,
      60,
    ],
    ['directives on one field', `{ __typename ${'@include(if: true) '.repeat(51)} }`, 'directives', 50, 51],
    [
      'directives everywhere',
      `query Q($v: Int @a) @a @a @a { ...A @a ... @a { __typename @a } } fragment A on Query @a { __typename ${'@a '.repeat(44)} }`,
      'directives',
      50,
      52,
    ],
    ['fields', `{ ${'__typename '.repeat(501)} }`, 'fields', 500, 501],
    [
      'fragments that double thirty times',
      `{ ...F0 } ${times(30, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(' ')} fragment F30 on Query { __typename }`,
      'fields',
      500,
      2 ** 30,
    ],
    ['tokens', `{ ${'__typename '.repeat(2_100)} }`, 'tokens', 2_000, 2_102],
    ['characters', `{ __typename } #${'#\n'.repeat(60_000)}`, 'characters', 100_000, 120_016],
  ])('refuses too many %s, and says how many came', async (_what, query, limit, allowed, given) => {
    expect(await post({ query })).toMatchObject(tooLarge(limit, allowed, given));
  });

  it('does not count tokens to the end of a document without one', async () => {
    const { body } = await post({ query: `{${' a'.repeat(45_000)}}` });

    expect(body.errors[0].extensions.details).toEqual({
      limit: 'tokens',
      allowed: 2_000,
      given: 20_000,
      atLeast: true,
    });
  });

  it.each([
    ['itself', '{ ...A } fragment A on Query { ...A }'],
    ['itself through another', '{ ...A } fragment A on Query { ...B } fragment B on Query { __typename ...A }'],
    ['itself in a field', '{ categories { ...A } } fragment A on Category { children { ...A } }'],
    [
      'all others',
      `{ ...F0 } ${times(60, (i) => `fragment F${i} on Query { ${times(8, (k) => `...F${(i + k + 1) % 60}`).join(' ')} }`).join(' ')}`,
    ],
  ])('refuses a fragment that spreads %s', async (_what, query) => {
    const { body } = await post({ query });

    expect(body.data).toBeUndefined();
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0].message).toMatch(/Cannot spread fragment "\w+" within itself/);
    expect(body.errors[0].extensions).toMatchObject({
      code: 'GRAPHQL_VALIDATION_FAILED',
      requestId: expect.any(String),
    });
  });

  it('tells few of many errors, and no value at length', async () => {
    const many = await post({ query: `{ ${times(300, (i) => `no${i}`).join(' ')} }` });
    const long = await post({
      query: 'query Q($first: Int) { products(first: $first) { nodes { sku } } }',
      variables: { first: 'x'.repeat(100_000) },
    });

    expect(many.body.errors.length).toBeLessThanOrEqual(21);
    expect(long.body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(long.body.errors[0].message.length).toBeLessThan(1_100);
  });

  describe('a batch', () => {
    const typename = { query: '{ __typename }' };

    it('is answered one by one, each with its own errors', async () => {
      const { status, body } = await post([
        typename,
        { query: nested(16) },
        { query: '{ nope }' },
        { query: '{' },
        { query: 'query Q($a: Int!) { products(first: $a) { nodes { sku } } }' },
        { variables: {} },
        { query: 'query A { __typename } query B { __typename }', operationName: 'B' },
      ]);

      expect(status).toBe(200);
      expect(
        body.map((one: { errors?: { extensions: { code: string } }[] }) => one.errors?.[0]?.extensions.code),
      ).toEqual([
        undefined,
        'OPERATION_TOO_LARGE',
        'GRAPHQL_VALIDATION_FAILED',
        'GRAPHQL_PARSE_FAILED',
        'BAD_USER_INPUT',
        'BAD_REQUEST',
        undefined,
      ]);
      expect(body[0]).toEqual({ data: { __typename: 'Query' } });
      expect(body[6]).toEqual({ data: { __typename: 'Query' } });
    });

    it('of ten thousand is refused, and nothing of it is read', async () => {
      expect(await post(times(10_000, () => ({ query: '{' })))).toMatchObject(tooLarge('batch', 10, 10_000));
    });

    it.each([
      ['nothing', [], 'The batch is empty.'],
      ['something else than requests', [typename, 7], 'Operation 1 of the batch is no GraphQL request. None was run.'],
      ['a query that is none', [typename, { query: {} }], 'Operation 1 of the batch has a `query` that is no string.'],
      [
        'variables that are none',
        [{ ...typename, variables: [] }],
        'Operation 0 of the batch has `variables` that are no object.',
      ],
    ])('of %s is refused as a whole', async (_what, batch, message) => {
      const { status, body } = await post(batch);

      expect(status).toBe(400);
      expect(body.errors).toHaveLength(1);
      expect(body.errors[0].message).toContain(message);
      expect(body.errors[0].extensions).toMatchObject({
        code: 'BAD_REQUEST',
        status: 400,
        requestId: expect.any(String),
      });
    });
  });
});

function letter(index: number): string {
  return String.fromCharCode(65 + index);
}
