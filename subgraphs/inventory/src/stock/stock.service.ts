import { inTransaction } from '@gastronom/shared/database/transaction';
import { isBigintId } from '@gastronom/shared/id';
import { isStorable } from '@gastronom/shared/storable-text';
import type { EntityManager } from 'typeorm';
import { announceAvailability } from '../availability/announce-availability.ts';
import type { InventoryContext } from '../context.ts';
import { SettlementService } from '../reservation/settlement.service.ts';
import { applied, type RowResult, rejected } from '../row-result.ts';
import type { WarehouseEntity } from '../warehouse/warehouse.entity.ts';
import { WarehouseRepository } from '../warehouse/warehouse.repository.ts';
import { type JudgedRow, type SnapshotCounts, StockRepository } from './stock.repository.ts';
import { quantityPattern, type StockBatch, type StockRow, type StockSnapshot } from './stock-batch.ts';

/** How long observations are remembered. A batch from before cannot be put in order, and is stale as a whole. */
const retentionMs = 30 * 24 * 60 * 60_000;
const longestSku = 200;

type StockContext = Pick<InventoryContext, 'manager' | 'jobs' | 'settings'>;

/** Why a row cannot be stored, whatever is in the tables. */
function problemOf({ index, sku, quantity }: StockRow): RowResult | undefined {
  if (sku.length === 0) return rejected(index, null, 'MISSING_IDENTITY', 'sku', 'A row needs a SKU.');
  if (sku.length > longestSku)
    return rejected(index, sku, 'TOO_LONG', 'sku', `A SKU has at most ${longestSku} characters.`);
  if (!isStorable(sku))
    return rejected(index, null, 'MISSING_IDENTITY', 'sku', 'The SKU holds characters that are no text.');
  if (!quantityPattern.test(quantity)) {
    const message = `A quantity is a decimal of at most 11 digits before the point and 3 behind it: ${quantity.slice(0, 40)} is not.`;
    return rejected(index, sku, 'OUT_OF_RANGE', 'quantity', message);
  }
  return undefined;
}

export class StockService {
  readonly #context: StockContext;

  constructor(context: StockContext) {
    this.#context = context;
  }

  /** Applies a batch in one transaction; results stand in the order of the rows. */
  async apply(batch: StockBatch): Promise<RowResult[]> {
    const problems = batch.rows.map(problemOf);
    const sound = batch.rows.filter((_, place) => !problems[place]);
    const judged = await inTransaction(this.#context.manager, (manager) => this.#applySound(manager, batch, sound));
    const bySoundRow = new Map(sound.map((row, place) => [row, judged[place]]));
    return batch.rows.map((row, place) => {
      const result = problems[place] ?? bySoundRow.get(row);
      if (!result) throw new Error(`row ${row.index} got no outcome`);
      return result;
    });
  }

  async #applySound(manager: EntityManager, batch: StockBatch, rows: readonly StockRow[]): Promise<RowResult[]> {
    const stocks = new StockRepository(manager);
    const ids = [...new Set(rows.map((row) => row.warehouseId))].filter(isBigintId);
    // Goods that appear may have stock parked in any warehouse.
    const locked = await new WarehouseRepository(manager).lock(batch.appeared.length > 0 ? undefined : ids);
    const moved = batch.appeared.length > 0 ? await stocks.upsertAppeared(batch.appeared, batch) : [];
    const settlement = new SettlementService(manager);
    if (batch.appeared.length > 0) moved.push(...(await settlement.appeared(batch.appeared, moved.length > 0, batch)));

    const known = new Set(locked.map((warehouse) => warehouse.id));
    const toJudge = rows.flatMap((row, index) => (known.has(row.warehouseId) ? [{ ...row, index }] : []));
    const judgedRows = await this.#judge(stocks, batch, toJudge, locked);
    const changed = judgedRows.filter(({ outcome }) => outcome === 'CREATED' || outcome === 'UPDATED');
    const counted = judgedRows.map(({ sku, index }) => ({ sku, warehouseId: rows[index]?.warehouseId ?? '' }));
    const settled = judgedRows[0]?.bearsOnHandovers ? await settlement.counted(counted, batch) : [];
    const skus = [...moved, ...changed.map(({ sku }) => sku), ...settled];
    await announceAvailability(this.#context.jobs, manager, skus);
    const outcomes = new Map(judgedRows.map((row) => [row.index, row]));
    return rows.map((row, place) => {
      const judged = outcomes.get(place);
      if (judged) return applied(row.index, judged.sku, judged.outcome);
      return rejected(row.index, row.sku, 'UNKNOWN_WAREHOUSE', 'warehouse', 'There is no such warehouse.');
    });
  }

  async #judge(
    stocks: StockRepository,
    batch: StockBatch,
    rows: readonly StockRow[],
    warehouses: readonly WarehouseEntity[],
  ): Promise<JudgedRow[]> {
    if (rows.length === 0) return [];
    const observedAt = Date.parse(batch.observedAt);
    const forgetBefore = new Date(Date.now() - retentionMs);
    if (observedAt < forgetBefore.getTime())
      return rows.map(({ index, sku }) => ({ index, sku, outcome: 'STALE' as const, bearsOnHandovers: false }));
    const confirmBefore =
      batch.mode === 'SNAPSHOT' ? null : new Date(observedAt - this.#shortestLifetime(warehouses) / 3);
    return stocks.upsertBatch(rows, batch, { confirmBefore, forgetBefore });
  }

  /** Ends a snapshot run: what it did not mention is set to zero, or only counted in a dry run. */
  async applySnapshot(snapshot: StockSnapshot, actor: string): Promise<SnapshotCounts> {
    return inTransaction(this.#context.manager, async (manager) => {
      const stocks = new StockRepository(manager);
      if (snapshot.dryRun) return stocks.countMissing(snapshot);
      const warehouseIds = await stocks.listRunWarehouses(snapshot.runId);
      await new WarehouseRepository(manager).lock(warehouseIds);
      const { zeroedSkus, ...counts } = await stocks.updateMissingToZero(snapshot, actor);
      const said = { actor, observedAt: snapshot.observedAt };
      const settled = await new SettlementService(manager).countedInFull(warehouseIds, said);
      await announceAvailability(this.#context.jobs, manager, [...zeroedSkus, ...settled]);
      return counts;
    });
  }

  /** A count that is confirmed must not be stale before the next one can confirm it. */
  #shortestLifetime(warehouses: readonly WarehouseEntity[]): number {
    const { freshMs } = this.#context.settings;
    return Math.min(...warehouses.map(({ freshMinutes }) => (freshMinutes ? Number(freshMinutes) * 60_000 : freshMs)));
  }
}
