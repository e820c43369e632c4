import { plainArray, textArray } from '@gastronom/shared/database/array-literal';
import type { EntityManager } from 'typeorm';
import type { RowOutcome } from '../row-result.ts';
import { moveStocksSql, noteKeysSql, unparkSql } from './appear.sql.ts';
import { applyStocksSql } from './apply-stocks.sql.ts';
import { countMissingSql, planForMillionsSql, runWarehousesSql, zeroMissingSql } from './snapshot.sql.ts';
import type { AppearedGood, StockRow, StockRun, StockSnapshot } from './stock-batch.ts';

/** What became of a row; the SKU is the one that it was booked under. */
export interface JudgedRow {
  readonly index: number;
  readonly sku: string;
  readonly outcome: Exclude<RowOutcome, 'REJECTED'>;
  /** Whether the batch may bear on goods that were handed over; the same in each row. */
  readonly bearsOnHandovers: boolean;
}

export interface ApplyOptions {
  /** Unchanged rows that were confirmed before this moment are confirmed anew; null confirms none. */
  readonly confirmBefore: Date | null;
  /** Observations before this moment are forgotten. */
  readonly forgetBefore: Date;
}

/** What a snapshot hits. */
export interface SnapshotCounts {
  readonly total: number;
  readonly missing: number;
  readonly zeroed: number;
}

/** Quantities, as 1C says them. Whoever writes has locked the warehouses that it writes to. */
export class StockRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  upsertBatch(rows: readonly StockRow[], run: StockRun, options: ApplyOptions): Promise<JudgedRow[]> {
    return this.#manager.query(applyStocksSql, [
      plainArray(rows.map((row) => row.index)),
      textArray(rows.map((row) => row.sku)),
      plainArray(rows.map((row) => row.warehouseId)),
      plainArray(rows.map((row) => row.quantity)),
      plainArray(rows.map((row) => row.parked)),
      run.observedAt,
      run.source,
      run.runId,
      run.actor,
      options.confirmBefore,
      options.forgetBefore,
    ]);
  }

  /**
   * Brings parked stock to goods that the catalogue has come to know, and tells of which SKUs there is other stock now.
   * Needs every warehouse locked.
   */
  async upsertAppeared(goods: readonly AppearedGood[], run: StockRun): Promise<string[]> {
    const skus = goods.map((good) => good.sku);
    const keys = [skus, goods.map((good) => good.barcode ?? null), goods.map((good) => good.formerSku ?? null)];
    await this.#manager.query(noteKeysSql, keys);
    const said = [run.source, run.runId, run.actor, run.observedAt];
    const moved: { sku: string }[] = await this.#manager.query(moveStocksSql, [...keys, ...said]);
    const unparked: { sku: string }[] = await this.#manager.query(unparkSql, [skus]);
    return [...moved, ...unparked].map(({ sku }) => sku);
  }

  /** Ids of the warehouses that a run's batches mentioned. */
  async listRunWarehouses(runId: string): Promise<string[]> {
    const rows: { id: string }[] = await this.#manager.query(runWarehousesSql, [runId]);
    return rows.map(({ id }) => id);
  }

  /** Within a transaction, as the plan is chosen for it alone. */
  async countMissing({ runId, source, observedAt, keep }: StockSnapshot): Promise<SnapshotCounts> {
    await this.#manager.query(planForMillionsSql);
    const [counts] = await this.#manager.query(countMissingSql, [runId, source, observedAt, keep]);
    return counts;
  }

  async updateMissingToZero(
    { runId, source, observedAt, keep }: StockSnapshot,
    actor: string,
  ): Promise<SnapshotCounts & { readonly zeroedSkus: readonly string[] }> {
    await this.#manager.query(planForMillionsSql);
    const [counts] = await this.#manager.query(zeroMissingSql, [runId, source, observedAt, keep, actor]);
    return counts;
  }
}
