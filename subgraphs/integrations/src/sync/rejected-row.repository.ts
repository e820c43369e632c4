import type { EntityManager } from 'typeorm';
import type { RowError } from '../row/row-error.ts';
import { RejectedRowEntity } from './rejected-row.entity.ts';

export interface NewRejectedRow {
  readonly index: number;
  readonly sku: string | null;
  readonly barcode: string | null;
  readonly row: unknown;
  readonly errors: readonly RowError[];
}

export class RejectedRowRepository {
  readonly #manager: EntityManager;
  readonly #rows;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#rows = manager.getRepository(RejectedRowEntity);
  }

  /** In one statement; each row goes in as text, since a NUL in it would break any other way. */
  async insert(runId: string, batchId: string, rows: readonly NewRejectedRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#manager.query(
      `INSERT INTO sync_rejected_rows (run_id, batch_id, row_index, sku, barcode, content, errors)
       SELECT $1, $2, given.row_index, given.sku, given.barcode, given.content::json, given.errors::json
       FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[])
         AS given(row_index, sku, barcode, content, errors)`,
      [
        runId,
        batchId,
        rows.map(({ index }) => index),
        rows.map(({ sku }) => sku),
        rows.map(({ barcode }) => barcode),
        rows.map(({ row }) => JSON.stringify(row)),
        rows.map(({ errors }) => JSON.stringify(errors)),
      ],
    );
  }

  async deleteOfBatch(batchId: string): Promise<void> {
    await this.#rows.delete({ batchId });
  }

  /** In the order in which they came, from behind the row at the cursor. */
  list(runId: string, size: number, after?: string): Promise<RejectedRowEntity[]> {
    const query = this.#rows
      .createQueryBuilder('row')
      .where('row.runId = :runId', { runId })
      .orderBy('row.id', 'ASC')
      .take(size);
    if (after) query.andWhere('row.id > :after::bigint', { after });
    return query.getMany();
  }

  count(runId: string): Promise<number> {
    return this.#rows.countBy({ runId });
  }

  /** Rejected rows that name no goods at all. */
  async countNameless(runId: string): Promise<number> {
    const [row] = await this.#manager.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM sync_rejected_rows WHERE run_id = $1 AND sku IS NULL AND barcode IS NULL`,
      [runId],
    );
    return row?.count ?? 0;
  }

  /** The SKUs and barcodes that rejected rows of a run name: goods that a snapshot must not take for gone. */
  async identitiesOfRun(runId: string): Promise<string[]> {
    const rows = await this.#manager.query<{ identity: string }[]>(
      `SELECT sku AS identity FROM sync_rejected_rows WHERE run_id = $1 AND sku IS NOT NULL
       UNION SELECT barcode FROM sync_rejected_rows WHERE run_id = $1 AND sku IS NULL AND barcode IS NOT NULL`,
      [runId],
    );
    return rows.map(({ identity }) => identity);
  }
}
