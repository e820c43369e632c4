import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OneC, startOneC } from '@gastronom/one-c-stand-in/one-c';
import { developmentSecrets } from '@gastronom/shared/secrets';
import { createTestDatabase, type TestDatabase } from '@gastronom/shared/testing/test-database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { developmentServiceKey } from '../src/development.ts';
import { post, secret, until } from './one-c-harness.ts';
import { freePort, type ProductProcess, startProcess } from './product-process.ts';

const goods = Array.from({ length: 60 }, (_, index) => `A-${String(index).padStart(2, '0')}`);
const page = `{ products(first: 60, sort: NAME_ASC) { nodes { sku availability { availableOnline isStale } } } }`;

describe('two servers on one database', () => {
  let database: TestDatabase;
  let oneC: OneC;
  let dataDir: string;
  const servers: { process: ProductProcess; graph: string }[] = [];

  const start = async (port: number) => {
    const origin = `http://localhost:${port}`;
    const process = startProcess('gateway/src/main.ts', {
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: database.ownerUrl,
      INTERNAL_SECRET: database.secret,
      ONE_C_URL: oneC.url,
      ONE_C_WEBHOOK_SECRETS: secret,
      STOCK_BUFFER_DEFAULT: '0',
    });
    await process.said('is ready at');
    return { process, graph: `${origin}/graphql` };
  };
  const ask = async (graph: string, query: string, variables: object = {}, key = '') => {
    const response = await fetch(graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: key && `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: never; errors?: { message: string }[] };
    if (errors) throw new Error(errors[0]?.message);
    return data as {
      products: { nodes: { sku: string; availability: { availableOnline: number; isStale: boolean } }[] };
    };
  };
  const read = async (graph: string) => (await ask(graph, page)).products.nodes.map(({ availability }) => availability);

  beforeAll(async () => {
    database = await createTestDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'gastronom-two-'));
    oneC = await startOneC({
      stocks: { '001': Object.fromEntries(goods.map((sku) => [sku, 7])) },
      secret,
      delayMs: 300,
    });
    servers.push(...(await Promise.all([start(await freePort()), start(await freePort())])));
    const key = developmentServiceKey(developmentSecrets(dataDir));
    const items = goods.map((sku) => ({ sku, name: sku, stockQuantity: 1 }));
    const observedAt = new Date(Date.now() - 3_600_000).toISOString();
    const mutation = 'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }';
    await ask(servers[0]?.graph ?? '', mutation, { input: { source: 'shop', items, observedAt } }, key);
  });
  afterAll(async () => {
    await Promise.all(servers.map(({ process }) => process.ended('SIGTERM')));
    await oneC.stop();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });
  const graphs = () => servers.map(({ graph }) => graph);

  it('ask 1C once for five hundred readers of stale stock, and show what it says', async () => {
    const pages = await Promise.all(Array.from({ length: 500 }, (_, index) => read(graphs()[index % 2] ?? '')));
    const numbers = new Set(pages.flat().map(({ availableOnline }) => availableOnline));

    for (const graph of graphs())
      await until('the page is fresh', async () =>
        (await read(graph)).every(({ availableOnline, isStale }) => availableOnline === 7 && !isStale),
      );

    expect(pages).toHaveLength(500);
    expect(pages.every((nodes) => nodes.length === 60)).toBe(true);
    expect([...numbers].filter((number) => number !== 1 && number !== 7)).toEqual([]);
    expect(oneC.triggers).toHaveLength(1);
    expect(oneC.callbacks).toMatchObject([{ status: 200 }]);
  });

  it('apply once what one of them said 200 to before it was killed', async () => {
    for (const { process } of servers.splice(1)) await process.ended('SIGTERM');
    const [server] = servers;
    await database.query('BEGIN');
    await database.query('LOCK TABLE inventory.warehouse_stocks IN SHARE MODE');
    const items = goods.map((code) => ({ nomenclature_code: code, quantity: 11 }));

    const { status, body } = await post(server?.graph ?? '', { warehouse_id_1c: 1, items });
    const waiting = async () => {
      await database.query('SELECT pg_stat_clear_snapshot()');
      return database.query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
    };
    await until('its application waits', async () => (await waiting()).length > 0);
    await server?.process.ended('SIGKILL');
    await database.query('ROLLBACK');
    // As if the half minute had passed in which a dead process is noticed.
    await database.query(
      "UPDATE jobs.job SET heartbeat_on = heartbeat_on - interval '1 minute' WHERE state = 'active'",
    );
    servers.length = 0;
    servers.push(await start(await freePort()));

    const delivery = () =>
      database.query<{ status: string; applied: number }>(
        'SELECT status, applied FROM integrations.one_c_deliveries WHERE id = $1',
        [body.deliveryId],
      );
    await until('it is applied', async () => (await delivery())[0]?.status === 'APPLIED');
    expect(status).toBe(200);
    expect(await delivery()).toEqual([{ status: 'APPLIED', applied: 60 }]);
    expect((await read(servers[0]?.graph ?? '')).every(({ availableOnline }) => availableOnline === 11)).toBe(true);
    const ledger = await database.query<{ sku: string; times: number }>(
      'SELECT product_sku AS sku, count(*)::int AS times FROM inventory.stock_ledger WHERE to_quantity = 11 GROUP BY 1',
    );
    expect(ledger.map(({ times }) => times)).toEqual(goods.map(() => 1));
  });
});
