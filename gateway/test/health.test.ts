import { hurryRetries } from '@gastronom/shared/testing/hurry-retries';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';

const sync =
  'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { results { outcome } userErrors { message } } }';

describe.each(modes)('the health of a shop whose 1C is down, %s', (mode) => {
  let graph: TestGraph;
  const before = { ...process.env };

  beforeAll(async () => {
    // Nobody listens there; and one failure is enough.
    Object.assign(process.env, { ONE_C_URL: 'http://127.0.0.1:9', STOCK_REFRESH_BREAKER_FAILURES: '1' });
    graph = await startTestGraph(mode);
    const items = [{ sku: 'TEA', name: 'Чай' }];
    await graph.query(sync, { input: { source: 'one_c', items } }, graph.tokens.service);
  });
  afterAll(async () => {
    await graph.stop();
    for (const name of ['ONE_C_URL', 'STOCK_REFRESH_BREAKER_FAILURES']) delete process.env[name];
    Object.assign(process.env, before);
  });

  const health = async () => {
    const response = await fetch(graph.url.replace('/graphql', '/health'));
    return { http: response.status, ...((await response.json()) as { status: string; checks: object }) };
  };

  it('passes until 1C is needed', async () => {
    expect(await health()).toMatchObject({
      status: 'pass',
      checks: { 'inventory:one_c': [{ status: 'pass' }] },
    });
  });

  it('warns once the breaker is open, and stays in service', async () => {
    const product = async () =>
      (await graph.query('{ product(sku: "TEA") { availability { isStale } } }')).data.product;
    expect(await product()).toEqual({ availability: { isStale: true } });

    const circuit = async () => ((await health()).checks as Record<string, [{ status: string }]>)['inventory:one_c'];
    const opened = async () => {
      while ((await circuit())?.[0].status !== 'warn') await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await hurryRetries(graph.database.query, opened());

    expect(await health()).toMatchObject({
      http: 200,
      status: 'warn',
      checks: {
        'subgraph:inventory': [{ status: 'pass' }],
        'inventory:one_c': [{ status: 'warn', output: expect.stringContaining('1C fails, 1 in a row') }],
      },
    });
    expect((await fetch(graph.url.replace('/graphql', '/readyz'))).status).toBe(200);
    expect(await product()).toEqual({ availability: { isStale: true } });
    const { data } = await graph.query(
      '{ warehouses { nodes { freshness { circuit consecutiveFailures lastFailure } } } }',
      {},
      graph.tokens.staff,
    );
    const [{ freshness }] = data.warehouses.nodes;
    expect(freshness).toMatchObject({ circuit: 'OPEN', consecutiveFailures: 1 });
    expect(freshness.lastFailure).not.toBeNull();
  });
});
