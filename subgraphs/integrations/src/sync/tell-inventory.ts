import type { Appearance, InventoryClient, StockRow } from '../inventory/inventory-client.ts';
import { PeerError, type PeerResult } from '../peer.ts';
import { PendingAppearanceRepository } from './pending-appearance.repository.ts';
import type { BatchScope } from './sync-batch.service.ts';

export interface InventoryAnswer {
  readonly byIndex: ReadonlyMap<number, PeerResult>;
  readonly error: PeerError | undefined;
}

/** As many as inventory takes at once. */
const mostAppearances = 1_000;

const nothingTold: InventoryAnswer = { byIndex: new Map(), error: undefined };

/**
 * Tells inventory of stock and of goods that are new, together with those that it missed while it was down. When it
 * cannot be told now, the goods are kept for the next batch.
 */
export async function tellInventory(
  inventory: InventoryClient,
  scope: BatchScope,
  rows: readonly StockRow[],
  appeared: readonly Appearance[],
): Promise<InventoryAnswer> {
  if (rows.length === 0 && appeared.length === 0) return nothingTold;
  const { manager, warehouse: _, ...head } = scope;
  const pending = new PendingAppearanceRepository(manager);
  const missed = await pending.lock(mostAppearances - appeared.length);
  const all = [...missed.map(({ sku, barcode, formerSku }) => ({ sku, barcode, formerSku })), ...appeared];
  try {
    const results = await inventory.applyStocks(head, rows, all);
    await pending.delete(missed.map(({ id }) => id));
    return { byIndex: new Map(results.map((result) => [result.index, result])), error: undefined };
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    await pending.insert(appeared);
    return { byIndex: new Map(), error };
  }
}
