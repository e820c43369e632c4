import type { Duplicates } from './duplicates.ts';
import { FieldReader } from './field-reader.ts';
import type { RowError } from './row-error.ts';

/** A warehouse as a client declares it. */
export interface WarehouseFields {
  readonly externalId: string;
  readonly name: string;
  readonly address?: string | null;
}

/** A warehouse as inventory takes it. */
export interface WarehouseRow {
  readonly index: number;
  readonly externalId: string;
  readonly name: string;
  address?: string | null;
}

export interface ReadWarehouse {
  readonly row: WarehouseRow;
  readonly errors: readonly RowError[];
}

/** Reads one warehouse. */
export function readWarehouse(item: WarehouseFields, index: number, duplicates: Duplicates): ReadWarehouse {
  const reader = new FieldReader();
  const externalId = reader.text('externalId', item.externalId, { kind: 'code', longest: 100 });
  const name = reader.text('name', item.name, { kind: 'line', longest: 200 });
  const address = reader.text('address', item.address, { kind: 'line', longest: 500 });
  if (externalId) duplicates.check(reader, index, 'externalId', externalId);
  else if (!reader.failed('externalId'))
    reader.fail('MISSING_IDENTITY', 'externalId', 'A warehouse has an external id: what 1C calls it.');
  if (!name && !reader.failed('name')) reader.fail('MISSING_NAME', 'name', 'A warehouse has a name.');
  const row: WarehouseRow = { index, externalId: externalId ?? '', name: name ?? '' };
  if (address !== undefined) row.address = address;
  return { row, errors: reader.errors };
}
