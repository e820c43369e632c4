import { readMetrics } from '@gastronom/shared/metrics';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import { startDoor, type TestDoor } from './door-harness.ts';

const query = 'query Page($size: Int!) { me { id } products(first: $size) { nodes { sku } } }';
const costly = {
  query: `query Costly($size: Int!) { ${['a', 'b', 'c', 'd'].map((name) => `${name}: products(first: $size) { nodes { sku } }`).join(' ')} }`,
};
async function runsWithoutApollo(): Promise<number> {
  const counted = (await readMetrics()).find(({ name }) => name === 'gastronom_known_operations_total');
  return Number(counted?.values[0]?.value ?? 0);
}

const usual = { query, operationName: 'Page', variables: { size: 2 } };

interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly body: unknown;
  /** How often subgraphs were asked for it. */
  readonly runs: number;
}

describe('a query whose like was run before', () => {
  let answer: () => ExecutionResult = () => ({ data: { me: { id: '1' }, products: { nodes: [] } } });
  let door: TestDoor;
  beforeAll(async () => {
    door = await startDoor({ ANSWER_SHARING: 'false', COST_LIMIT: '400' }, { execute: async () => answer() });
  });
  afterAll(async () => {
    await door.stop();
  });

  const nowhere = /"(timestamp|requestId)":"[^"]*"/g;

  async function ask(body: object, headers: Record<string, string> = {}): Promise<Reply> {
    let runs = 0;
    const played = answer;
    answer = () => {
      runs += 1;
      return played();
    };
    const response = await door.call('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    answer = played;
    const type = response.headers.get('content-type');
    return { status: response.status, type, body: JSON.parse(text.replaceAll(nowhere, '"$1":""')), runs };
  }

  const well = () => ({ data: { me: { id: '1' }, products: { nodes: [{ sku: '00-1' }] } } });

  it.each<[string, () => ExecutionResult, object, Record<string, string>, number, number]>([
    ['is answered', well, usual, {}, 200, 2],
    ['is answered in the type that is taken', well, usual, { accept: 'application/graphql-response+json' }, 200, 2],
    ['is answered with other variables', well, { ...usual, variables: { size: 3 } }, {}, 200, 2],
    ['is told what its variables are not', well, { ...usual, variables: { size: 'two' } }, {}, 200, 0],
    ['is told which variable it lacks', well, { ...usual, variables: {} }, {}, 200, 0],
    ['is told what it would cost', well, { ...costly, variables: { size: 100 } }, {}, 400, 0],
    ['is told that its token is none', well, usual, { authorization: 'Bearer nonsense' }, 401, 0],
    [
      'gets the errors of a subgraph with what there is',
      () => ({ data: { me: null }, errors: [new GraphQLError('no')] }),
      usual,
      {},
      200,
      2,
    ],
    ['gets errors where nothing came', () => ({ errors: [new GraphQLError('down')] }), usual, {}, 200, 2],
    [
      'gets errors where a subgraph broke',
      () => {
        throw new Error('a subgraph breaks');
      },
      usual,
      {},
      200,
      2,
    ],
  ])('%s as the first was', async (_does, played, body, headers, status, runs) => {
    answer = well;
    const { accept } = headers;
    await ask({ ...body, variables: usual.variables }, accept ? { accept } : {});
    answer = played;

    const before = await runsWithoutApollo();
    // A member that nobody knows makes a request go the long way.
    const [long, short] = [await ask({ ...body, unknown: true }, headers), await ask(body, headers)];

    expect(short).toEqual(long);
    expect(short.status).toBe(status);
    expect(short.runs).toBe(runs);
    const isAnswered = played === well && runs > 0;
    expect((await runsWithoutApollo()) - before).toBe(isAnswered ? 1 : 0);
  });

  it('is charged as the first was, once it is known', async () => {
    const spending = await startDoor(
      { ANSWER_SHARING: 'false', RATE_LIMIT_IP: '1000' },
      { execute: async () => well() },
    );
    const left = async () => {
      const response = await spending.call('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(usual),
      });
      await response.arrayBuffer();
      return Number(/r=(\d+)/.exec(response.headers.get('ratelimit') ?? '')?.[1]);
    };
    try {
      const standings = [await left(), await left(), await left(), await left()];
      const spent = standings.map((standing, i) => (standings[i - 1] ?? 0) - standing).slice(1);
      expect(new Set(spent.slice(1)).size).toBe(1);
      expect(spent[0]).toBe(spent[1]);
    } finally {
      await spending.stop();
    }
  });
});
