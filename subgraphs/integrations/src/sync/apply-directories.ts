import type { IntegrationsContext } from '../context.ts';
import { PeerError, type PeerResult } from '../peer.ts';
import { type CategoryFields, readCategory } from '../row/category-row.ts';
import { Duplicates } from '../row/duplicates.ts';
import type { RowError } from '../row/row-error.ts';
import { readWarehouse, type WarehouseFields } from '../row/warehouse-row.ts';
import { notApplied, refused } from './row-answer.ts';
import type { Applied, Apply } from './sync-batch.service.ts';

interface Read<Row> {
  readonly row: Row & { readonly index: number };
  readonly errors: readonly RowError[];
}

const noGoods = () => ({ sku: null, barcode: null });

/**
 * Hands rows that are about no goods to their owner. `about` takes the place of the SKU in what is kept of the batch, so
 * that the same content is not taken for a repetition when another batch came between.
 */
async function applyRows<Row>(
  reads: readonly Read<Row>[],
  about: (row: Row) => string,
  hand: (rows: Row[]) => Promise<PeerResult[]>,
  message: string,
): Promise<Applied> {
  const sound = reads.filter(({ errors }) => errors.length === 0);
  try {
    const results = sound.length > 0 ? await hand(sound.map(({ row }) => row)) : [];
    const byIndex = new Map(results.map((result) => [result.index, result]));
    const answers = reads.map(({ row, errors }) => {
      const result = byIndex.get(row.index);
      if (!result) return refused(row.index, null, errors);
      return { index: row.index, sku: about(row), outcome: result.outcome, errors: result.errors };
    });
    return { answers, identities: noGoods, hasStock: false, failures: [] };
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    const answers = reads.map(({ row, errors }) =>
      refused(row.index, null, errors.length > 0 ? errors : [notApplied(null, message)]),
    );
    return { answers, identities: noGoods, hasStock: false, failures: [{ error, message }] };
  }
}

/** Hands groups of goods to the catalogue. */
export function applyCategories(context: IntegrationsContext, items: readonly CategoryFields[]): Apply {
  return ({ source, runId, observedAt, actor, mode }) => {
    const duplicates = new Duplicates();
    return applyRows(
      items.map((item, index) => readCategory(item, index, duplicates)),
      ({ path, externalId }) => `category:${externalId ?? path.join('\n')}`,
      (rows) => context.catalog.applyCategories({ source, runId, observedAt, actor, mode }, rows),
      'The catalogue did not take these categories. Send the same call again.',
    );
  };
}

/** Hands warehouses to inventory. */
export function applyWarehouses(context: IntegrationsContext, items: readonly WarehouseFields[]): Apply {
  return async ({ source, runId, observedAt, actor, mode }) => {
    const duplicates = new Duplicates();
    const applied = await applyRows(
      items.map((item, index) => readWarehouse(item, index, duplicates)),
      ({ externalId }) => `warehouse:${externalId}`,
      (rows) => context.inventory.applyWarehouses({ source, runId, observedAt, actor, mode }, rows),
      'Inventory did not take these warehouses. Send the same call again.',
    );
    context.warehouses.forget();
    return applied;
  };
}
