import type { Duplicates } from './duplicates.ts';
import { FieldReader, type NumberRule } from './field-reader.ts';
import { quote, type RowError } from './row-error.ts';

/** numeric(14, 3), as inventory keeps it. Negative stock is stored as it came. */
export const stockRule: NumberRule = { scale: 3, whole: 11, mayBeNegative: true };

/** Our number of the warehouse that 1C's name means; the default one for a blank name. */
export type Warehouses = (externalId: string | null | undefined) => string | undefined;

export interface StockQuantity {
  readonly quantity: string;
  readonly warehouseId: string;
}

/** A count of goods as a client sends it. */
export interface StockFields {
  readonly sku?: string | null;
  readonly barcode?: string | null;
  readonly quantity: unknown;
}

export interface ReadStock {
  readonly index: number;
  readonly sku: string | null;
  readonly barcode: string | null;
  readonly quantity: string;
  readonly errors: readonly RowError[];
}

/** Finds the warehouse of a row, and notes an error where there is none of that name. */
export function findWarehouse(
  reader: FieldReader,
  warehouses: Warehouses,
  name: string | null | undefined,
): string | undefined {
  const id = warehouses(name);
  if (id === undefined) {
    const message = name?.trim()
      ? `No warehouse is called ${quote(name)} in 1C. Declare it with syncWarehouses first.`
      : 'No warehouse is the default one. Name a warehouse.';
    reader.fail('UNKNOWN_WAREHOUSE', 'warehouse', message);
  }
  return id;
}

/** Notes what counts are about, for the batches after theirs. What is wrong with them is told there. */
export function noteGoods(duplicates: Duplicates, items: readonly StockFields[]): void {
  const reader = new FieldReader();
  for (const [index, { sku, barcode }] of items.entries())
    duplicates.checkGoods(reader, index, reader.sku(sku), reader.barcode(barcode));
}

/** Reads one count. */
export function readStock(item: StockFields, index: number, duplicates: Duplicates): ReadStock {
  const reader = new FieldReader();
  const sku = reader.sku(item.sku);
  const barcode = reader.barcode(item.barcode) ?? null;
  duplicates.checkGoods(reader, index, sku, barcode);
  const quantity = reader.decimal('quantity', item.quantity, stockRule) ?? null;
  if (quantity === null && !reader.failed('quantity'))
    reader.fail('INVALID_NUMBER', 'quantity', 'A count needs a number; a blank is none.');
  return { index, sku, barcode, quantity: quantity ?? '0', errors: reader.errors };
}
