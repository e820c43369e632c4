import { defineJob, implementJob } from '@gastronom/shared/jobs/job';
import { mountSubgraph } from '@gastronom/shared/local-subgraph';
import { createLogger } from '@gastronom/shared/logger';
import { localBroadcast } from '@gastronom/shared/redis/broadcast';
import type { SubgraphTransport } from '@gastronom/shared/subgraph';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { createInventoryContext } from '../context.ts';
import { readInventorySettings } from '../env.ts';
import { inventory } from '../subgraph.ts';
import { InventoryHarness } from './inventory-harness.ts';

export interface RefreshRequest {
  readonly warehouseId: string;
  readonly externalId: string;
  readonly requestedAt: string;
}

const minuteMs = 60_000;

/** Longer than reads are gathered before 1C is asked. */
const gathered = () => new Promise((resolve) => setTimeout(resolve, 80));

const transactionsSql = `SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND usename = 'gastronom_inventory' AND state <> 'idle'`;

/** A shop that knows where its 1C is, with a clock that stands still until told otherwise. */
export class RefreshHarness {
  readonly shop: InventoryHarness;
  readonly #time: { now: number };
  readonly #variables: Record<string, string>;
  readonly #others: SubgraphTransport[] = [];

  private constructor(shop: InventoryHarness, time: { now: number }, variables: Record<string, string>) {
    this.shop = shop;
    this.#time = time;
    this.#variables = variables;
  }

  static async open(given: Record<string, string> = {}): Promise<RefreshHarness> {
    const time = { now: Date.now() };
    const variables = { ONE_C_URL: 'http://one-c.test', AVAILABILITY_DEBOUNCE_SECONDS: '0', ...given };
    const shop = await InventoryHarness.open(undefined, readInventorySettings(variables), { clock: () => time.now });
    // Events go nowhere until somebody listens.
    const ear = defineJob({ name: 'hear-request', on: 'StockRefreshRequested', payload: z.unknown() });
    await shop.subgraph.jobs.work([implementJob(ear, async () => undefined)]);
    return new RefreshHarness(shop, time, variables);
  }

  /** Another process of the same shop: with memory and connections of its own, and the same database. */
  async openAnother(): Promise<SubgraphTransport> {
    const { dataSource, jobs } = this.shop.subgraph;
    const environment = {
      dataSource: await new DataSource(dataSource.options).initialize(),
      subgraphs: () => {
        throw new Error('this test has no other subgraph');
      },
      jobs,
      broadcast: localBroadcast(),
      logger: createLogger('another', 'silent'),
    };
    const createContext = () =>
      createInventoryContext(environment, readInventorySettings(this.#variables), () => this.#time.now);
    const other = await mountSubgraph({ ...inventory, createContext }, environment);
    this.#others.push(other);
    return other;
  }

  async close(): Promise<void> {
    for (const other of this.#others) await other.close();
    await this.shop.close();
  }

  async empty(): Promise<void> {
    await this.shop.empty();
    await this.shop.subgraph.ownerQuery("DELETE FROM jobs.job WHERE name = 'hear-request'");
    // What the process remembers of the last test is past by then.
    this.pass(24 * 60);
  }

  get now(): Date {
    return new Date(this.#time.now);
  }

  pass(minutes: number): void {
    this.#time.now += minutes * minuteMs;
  }

  /** A moment so many minutes before the shop's now. */
  ago(minutes: number): string {
    return new Date(this.#time.now - minutes * minuteMs).toISOString();
  }

  /** Reads goods, as a page does, and lets what it noticed come to pass. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async read(...skus: string[]): Promise<any[]> {
    const goods = skus.map((sku) => ({ sku }));
    const read = await this.shop.goods(goods, 'sku availability { availableOnline asOf isStale }');
    await this.shop.settled();
    // Another process may be about to ask.
    if (this.#others.length > 0) await gathered();
    while ((await this.shop.subgraph.ownerQuery(transactionsSql)).length > 0) await gathered();
    return read;
  }

  /** What was asked of 1C, oldest first. */
  async requests(): Promise<RefreshRequest[]> {
    const rows = await this.shop.subgraph.ownerQuery<{ data: RefreshRequest }>(
      `SELECT data->'data' AS data FROM jobs.job WHERE name = 'hear-request'
       ORDER BY data->'data'->>'requestedAt', data->'data'->>'warehouseId'`,
    );
    return rows.map(({ data }) => data);
  }

  /** The warehouses that were asked for. */
  async asked(): Promise<string[]> {
    return (await this.requests()).map(({ warehouseId }) => warehouseId);
  }

  /** Reports how a request went, the last one of its warehouse unless told otherwise. */
  async report(
    outcome: 'ACCEPTED' | 'FAILED' | 'ANSWERED',
    given: {
      readonly warehouseId?: string | undefined;
      readonly requestedAt?: string | null;
      readonly reason?: string;
    } = {},
  ): Promise<boolean> {
    const { warehouseId = '1', reason } = given;
    const requestedAt =
      given.requestedAt === undefined ? (await this.requests()).at(-1)?.requestedAt : given.requestedAt;
    const input = { warehouseId, requestedAt: requestedAt ?? null, outcome, reason };
    const mutation = 'mutation ($input: JSON!) { reportStockRefresh(input: $input) }';
    return (await this.shop.ask(mutation, { input }, viewers.internal)).reportStockRefresh.noted;
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  async freshness(warehouseId = '1'): Promise<any> {
    const fields =
      'asOf isStale lifetimeMinutes requestedAt answeredAt nextAttemptAt consecutiveFailures lastFailure circuit';
    const query = `query ($id: ID!) { warehouse(id: $id) { freshness { ${fields} } } }`;
    return (await this.shop.ask(query, { id: warehouseId })).warehouse.freshness;
  }
}
