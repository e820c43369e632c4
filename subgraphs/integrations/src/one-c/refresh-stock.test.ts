import { subgraphUrl } from '@gastronom/shared/database/subgraph-database';
import { processSettings, readSettings } from '@gastronom/shared/env';
import { Jobs, jobsName } from '@gastronom/shared/jobs/job-queue';
import { createLogger } from '@gastronom/shared/logger';
import { localBroadcast } from '@gastronom/shared/redis/broadcast';
import { internalSecret } from '@gastronom/shared/secrets';
import { hurryRetries, retryNow } from '@gastronom/shared/testing/hurry-retries';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createIntegrationsContext } from '../context.ts';
import { readIntegrationsSettings } from '../env.ts';
import { items, minutesAgo, OneCGraph } from '../testing/one-c-graph.ts';
import { SmallOneC } from '../testing/small-one-c.ts';
import { createIntegrationsWorker } from '../worker.ts';
import { warehouseIdOnWire } from './one-c-client.ts';

const oneC = new SmallOneC();
let address: string;
let shop: OneCGraph;

beforeAll(async () => {
  address = await oneC.start();
  shop = await OneCGraph.open({
    ONE_C_URL: `${address.replace('http://', 'http://robot:p%40ss@')}/base/hs/`,
    // However busy the machine: a request that it does not answer in time would be made again.
    ONE_C_TIMEOUT_MS: '300000',
    PUBLIC_URL: 'https://shop.example/',
  });
});
afterAll(async () => {
  await shop.subgraph.close();
  await oneC.stop();
});
beforeEach(async () => {
  oneC.forget();
  shop.inventory.fault = undefined;
  shop.inventory.faultAfter = undefined;
  shop.inventory.reports.length = 0;
  await shop.subgraph.ownerQuery('DELETE FROM integrations.one_c_triggers');
});

const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
};
/** Waits for the report, and for no retry: each is due at once. */
const reported = ({ inventory, subgraph }: OneCGraph): Promise<void> =>
  hurryRetries(
    subgraph.ownerQuery,
    until(() => inventory.reports.length === 1),
  );
/** When a request that failed is to be made again. */
const nextTry = async ({ subgraph }: OneCGraph): Promise<number> => {
  for (;;) {
    const [row] = await subgraph.ownerQuery<{ at: number }>(
      `SELECT extract(epoch FROM start_after)::float8 * 1000 AS at FROM jobs.job
       WHERE name = 'refresh-stock' AND state = 'retry'`,
    );
    if (row) return row.at;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
const bodies = () => oneC.requests.map(({ body }) => JSON.parse(body));

describe('the trigger', () => {
  it('asks 1C for the warehouse, with the address that it is to call back', async () => {
    const requestedAt = new Date();
    await shop.requestRefresh('1', requestedAt);
    await until(() => shop.inventory.reports.length === 1);

    const [request] = oneC.requests;
    expect(oneC.requests).toHaveLength(1);
    expect(request).toMatchObject({ method: 'POST', url: '/base/hs/api/stocks/sync' });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from('robot:p@ss').toString('base64')}`,
    });
    expect(bodies()).toEqual([
      {
        warehouse_id_1c: 1,
        callback_url: expect.stringMatching(
          /^https:\/\/shop\.example\/api\/v1\/integrations\/one_c\/stocks\?token=[\w-]{32}$/,
        ),
      },
    ]);
    expect(shop.inventory.reports).toEqual([
      { warehouseId: '1', requestedAt: requestedAt.toISOString(), outcome: 'ACCEPTED' },
    ]);
  });

  it('gives out a token that is kept as its hash, names the moment of the request, and serves once', async () => {
    const requestedAt = minutesAgo(1);
    await shop.requestRefresh('001', requestedAt);
    await until(() => shop.inventory.reports.length === 1);
    const [{ callback_url }] = bodies();
    const token = new URL(callback_url).searchParams.get('token') ?? '';
    const [row] = await shop.subgraph.ownerQuery<{ text: string }>(
      'SELECT trigger::text AS text FROM integrations.one_c_triggers AS trigger',
    );

    const body = { warehouse_id_1c: 1, items: items({ a: 1 }) };
    const first = await shop.bring(body, { token });
    const again = await shop.bring(body, { token });

    expect(row?.text).not.toContain(token);
    expect(first).toMatchObject({ status: 'APPLIED', observedAt: requestedAt.toISOString() });
    expect(again.status).toBe('DUPLICATE');
  });

  it.each([
    ['1', 1],
    ['42', 42],
    ['0', 0],
    ['001', '001'],
    ['000000001', '000000001'],
    ['9007199254740993', '9007199254740993'],
    ['0a1B2c3d', '0a1B2c3d'],
    ['1.0', '1.0'],
    ['-1', '-1'],
  ])('calls the warehouse %j in 1C %j', (externalId, onWire) => {
    expect(warehouseIdOnWire(externalId)).toBe(onWire);
  });
});

describe('a 1C', () => {
  it('that fails is asked again after a while, with a token of its own for each try', async () => {
    oneC.answers = [500, 302];
    await shop.requestRefresh('1');
    const pauses: number[] = [];
    for (const tries of [1, 2]) {
      const due = await nextTry(shop);
      expect(oneC.requests).toHaveLength(tries);
      pauses.push(due - (oneC.requests.at(-1)?.at ?? Number.NaN));
      await retryNow(shop.subgraph.ownerQuery);
      await until(() => oneC.requests.length > tries);
    }
    await until(() => shop.inventory.reports.length === 1);

    expect(oneC.requests).toHaveLength(3);
    expect(pauses[0]).toBeGreaterThan(500);
    expect(pauses[1]).toBeGreaterThan(500);
    expect(new Set(bodies().map(({ callback_url }) => callback_url)).size).toBe(3);
    expect(shop.inventory.reports[0]).toMatchObject({ outcome: 'ACCEPTED' });
  });

  it('that never takes the request is told of after the last try', async () => {
    oneC.answers = [500, 404, 500, 503];
    const requestedAt = new Date();
    await shop.requestRefresh('1', requestedAt);
    await reported(shop);

    expect(oneC.requests).toHaveLength(4);
    expect(shop.inventory.reports).toEqual([
      {
        warehouseId: '1',
        requestedAt: requestedAt.toISOString(),
        outcome: 'FAILED',
        reason: expect.stringContaining('503'),
      },
    ]);
  });

  it('that does not answer in time is told of alike', async () => {
    oneC.answers = [0, 0, 0, 0];
    const hurried = await OneCGraph.open({ ONE_C_URL: address, ONE_C_TIMEOUT_MS: '400' });
    await hurried.requestRefresh('1');
    await reported(hurried);
    await hurried.subgraph.close();

    expect(hurried.inventory.reports).toMatchObject([
      { outcome: 'FAILED', reason: '1C did not answer within 400 ms.' },
    ]);
  });

  it('that took the request is not asked again because inventory could not hear of it', async () => {
    shop.inventory.faultAfter = { operation: 'reportStockRefresh', calls: 0 };
    await shop.requestRefresh('1');
    await reported(shop);

    expect(oneC.requests).toHaveLength(1);
    expect(shop.inventory.reports[0]).toMatchObject({ outcome: 'ACCEPTED' });
  });

  it('is not asked for what was worth asking long ago', async () => {
    await shop.requestRefresh('1', minutesAgo(6));
    await shop.requestRefresh('2');
    await until(() => shop.inventory.reports.length === 1);

    expect(bodies().map(({ warehouse_id_1c }) => warehouse_id_1c)).toEqual([2]);
  });

  it('has one request in hand at a time, whoever works', async () => {
    oneC.delayMs = 60;
    const { url } = shop.subgraph.dataSource.options as { url: string };
    const logger = createLogger('test', 'silent');
    const secret = internalSecret(readSettings(processSettings));
    const another = await Jobs.start({ url: subgraphUrl(url, secret, jobsName), logger, works: true });
    const environment = {
      dataSource: shop.subgraph.dataSource,
      subgraphs: (name: string) => (name === 'inventory' ? shop.inventory.transport : shop.catalog.transport),
      jobs: another,
      broadcast: localBroadcast(),
      logger,
    };
    createIntegrationsContext(
      environment,
      readIntegrationsSettings({ ENVIRONMENT: 'test', ONE_C_URL: address, ONE_C_TIMEOUT_MS: '300000' }),
    );
    await another.work(createIntegrationsWorker(environment));

    for (let i = 1; i <= 10; i += 1) await shop.requestRefresh(String(i), new Date(), String(i));
    await until(() => shop.inventory.reports.length === 10);
    await another.stop();

    expect(
      bodies()
        .map(({ warehouse_id_1c }) => warehouse_id_1c)
        .toSorted((a, b) => a - b),
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(oneC.requests.map((request) => request.url))).toEqual(
      new Set(['/base/hs/api/stocks/sync', '/api/stocks/sync']),
    );
    expect(oneC.most).toBe(1);
  });
});

describe('without an address of 1C', () => {
  it('nobody is asked, and nothing waits to be', async () => {
    const quiet = await OneCGraph.open();
    await quiet.requestRefresh('1');
    const waiting = await quiet.subgraph.ownerQuery(`SELECT 1 FROM jobs.job WHERE name = 'refresh-stock'`);
    await quiet.subgraph.close();

    expect(waiting).toEqual([]);
    expect(oneC.requests).toEqual([]);
  });
});
