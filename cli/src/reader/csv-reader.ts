import type { ReadMeter } from '@gastronom/commerceml/decode-text';
import type { FileScan } from '@gastronom/commerceml/file-scan';
import type { Notices } from '@gastronom/commerceml/notices';
import { type CsvTable, inspectTable, readTable } from '@gastronom/pricelist/table/csv-table';
import { mapColumns } from './csv-header.ts';
import { type Field, fieldNames } from './field-names.ts';
import type { SyncRow } from './input.ts';
import { type RowReading, toRow } from './product-row.ts';

// An empty cell of these says nothing; of any other column it says that the field is empty.
const silentWhenEmpty = new Set<Field>(['sku', 'currency', 'stockQuantity', 'warehouse', 'removed', 'name']);

const expected = 'sku or barcode, name, price and stock (Код, Штрихкод, Наименование, Цена, Остаток) are expected';

function valuesOf(cells: readonly string[], columns: readonly (Field | undefined)[]): Map<Field, unknown> {
  const values = new Map<Field, unknown>();
  for (const [i, field] of columns.entries()) {
    if (!field) continue;
    const cell = cells[i]?.trim() ?? '';
    if (cell !== '') values.set(field, cell);
    else values.set(field, silentWhenEmpty.has(field) ? undefined : null);
  }
  return values;
}

export interface GoodsTable extends CsvTable {
  columns: readonly (Field | undefined)[];
}

/** Finds delimiter and columns in the first bytes; throws when no header tells them. */
export function inspectCsv(scan: FileScan, encoding: string, notices: Notices): GoodsTable {
  const table = inspectTable(scan, encoding, fieldNames, expected, notices);
  return { ...table, columns: mapColumns(scan.path, table.header, notices) };
}

/** A table with a header line. */
export async function* readCsv(
  scan: FileScan,
  encoding: string,
  table: GoodsTable,
  reading: RowReading,
  meter: ReadMeter,
): AsyncGenerator<SyncRow> {
  for await (const row of readTable(scan, encoding, table, meter)) {
    if ('reason' in row) yield { kind: 'unreadable', field: null, ...row };
    else {
      const { place, cells } = row;
      const read = toRow(valuesOf(cells, table.columns), place, cells, reading);
      if (read) yield read;
    }
  }
}
