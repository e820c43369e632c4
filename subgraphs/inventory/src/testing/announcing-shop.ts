import { defineJob, implementJob } from '@gastronom/shared/jobs/job';
import { createLogger } from '@gastronom/shared/logger';
import { localBroadcast } from '@gastronom/shared/redis/broadcast';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { AvailabilityChange } from '../availability/availability-changed.event.ts';
import { createInventoryContext } from '../context.ts';
import { readInventorySettings } from '../env.ts';
import type { StockGood } from '../product/stock-summary.sql.ts';
import { createInventoryWorker } from '../worker.ts';
import { InventoryHarness } from './inventory-harness.ts';
import { smallCatalog } from './small-catalog.ts';

export const dairy = '00000000-0000-4000-8000-0000000000d1';

/** A good of the dairy, as the catalogue tells of it. */
export const good = (sku: string, isAvailable = true): StockGood => ({ sku, isAvailable, categoryPath: [dairy] });

export const out = { status: 'OUT_OF_STOCK', availableOnline: 0 };
export const low = (availableOnline: number) => ({ status: 'LOW_STOCK', availableOnline });
export const full = (availableOnline: number) => ({ status: 'IN_STOCK', availableOnline });

const settingsFor = (debounceSeconds: number) =>
  readInventorySettings({ AVAILABILITY_DEBOUNCE_SECONDS: String(debounceSeconds) });

const unfinishedSql = `SELECT FROM jobs.job WHERE state IN ('created', 'retry', 'active')
  AND name IN ('announce-availability', 'announce-all-availability', 'reconsider-offers')`;

/** A shop whose jobs are done, with somebody who listens to what it announces, and a catalogue that changes under way. */
export class AnnouncingShop {
  readonly shop: InventoryHarness;
  readonly #goods: StockGood[];
  #secondConnections: DataSource | undefined;

  private constructor(shop: InventoryHarness, goods: StockGood[]) {
    this.shop = shop;
    this.#goods = goods;
  }

  static async open(debounceSeconds = 0): Promise<AnnouncingShop> {
    const goods: StockGood[] = [];
    const shop = await InventoryHarness.open(smallCatalog(goods, [dairy]), settingsFor(debounceSeconds), {
      works: true,
    });
    // Events go nowhere until somebody listens.
    const ear = defineJob({ name: 'hear-change', on: 'AvailabilityChanged', payload: z.unknown() });
    await shop.subgraph.jobs.work([implementJob(ear, async () => undefined)]);
    return new AnnouncingShop(shop, goods);
  }

  /** Another process that does the shop's jobs. */
  async openSecondWorker(): Promise<void> {
    const { dataSource, jobs } = this.shop.subgraph;
    this.#secondConnections = await new DataSource(dataSource.options).initialize();
    const environment = {
      dataSource: this.#secondConnections,
      subgraphs: () => smallCatalog(this.#goods, [dairy]),
      jobs,
      broadcast: localBroadcast(),
      logger: createLogger('second', 'silent'),
    };
    createInventoryContext(environment, settingsFor(0));
    await jobs.work(createInventoryWorker(environment));
  }

  async close(): Promise<void> {
    await this.#secondConnections?.destroy();
    await this.shop.close();
  }

  /** Forgets everything, in the catalogue too. */
  async empty(): Promise<void> {
    await this.announced();
    await this.shop.empty();
    await this.forget();
    this.#goods.length = 0;
  }

  /** Has the catalogue tell of goods, in place of what it told of them before. */
  sell(...goods: StockGood[]): void {
    for (const { sku } of goods) this.drop(sku);
    this.#goods.push(...goods);
  }

  drop(sku: string): void {
    const place = this.#goods.findIndex((known) => known.sku === sku);
    if (place >= 0) this.#goods.splice(place, 1);
  }

  /** Waits until no job is left, and tells what was announced, each message in the order of its goods. */
  async announced(): Promise<AvailabilityChange[][]> {
    const { subgraph } = this.shop;
    while ((await subgraph.ownerQuery(unfinishedSql)).length > 0) await new Promise((go) => setTimeout(go, 30));
    const rows = await subgraph.ownerQuery<{ changes: AvailabilityChange[] }>(
      // A transaction that began sooner may have had to wait for another: what they say of themselves is their order.
      `SELECT data->'data'->'changes' AS changes FROM jobs.job
       WHERE name = 'hear-change' ORDER BY data->>'occurredAt', created_on`,
    );
    return rows.map(({ changes }) => changes);
  }

  /** What was announced, one after the other. */
  async changes(): Promise<AvailabilityChange[]> {
    return (await this.announced()).flat();
  }

  /** Forgets what was announced so far. */
  async forget(): Promise<void> {
    await this.shop.subgraph.ownerQuery('DELETE FROM jobs.job');
  }
}
