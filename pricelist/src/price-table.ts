import type { ReadMeter } from '@gastronom/commerceml/decode-text';
import { ExportError } from '@gastronom/commerceml/export-error';
import type { FileScan } from '@gastronom/commerceml/file-scan';
import type { Notices } from '@gastronom/commerceml/notices';
import { type OfferField, offerFields } from './offer-fields.ts';
import { offerRow, unreadableRow } from './offer-row.ts';
import type { PriceListRow, ReadingOptions } from './price-list-row.ts';
import { fieldsOf } from './table/csv-header.ts';
import { type CsvTable, inspectTable, readTable } from './table/csv-table.ts';
import { type JsonObject, readJsonLines } from './table/json-lines.ts';

const expected =
  'supplierSku, name, unit, packSize and price (Артикул, Наименование, Цена; Artikelnummer, Benämning, Pris) are expected';

export interface PriceTable extends CsvTable {
  columns: readonly (OfferField | undefined)[];
}

/** Finds delimiter and columns in the first bytes; throws an ExportError when no header tells them. */
export function inspectPriceTable(scan: FileScan, encoding: string, notices: Notices): PriceTable {
  const table = inspectTable(scan, encoding, offerFields, expected, notices);
  const columns = fieldsOf(table.header, offerFields, notices);
  if (!columns.includes('supplierSku'))
    throw new ExportError(`${scan.path}: no column has the supplier’s own code: supplierSku, Артикул, Artikelnummer`);
  return { ...table, columns };
}

const asObject = (header: readonly string[], cells: readonly string[]): JsonObject =>
  Object.fromEntries(header.flatMap((name, i) => (name ? [[name, cells[i] ?? '']] : [])));

/** A price list as a table with a header line. */
export async function* readPriceTable(
  scan: FileScan,
  encoding: string,
  table: PriceTable,
  options: ReadingOptions,
  meter: ReadMeter,
): AsyncGenerator<PriceListRow> {
  const { header, columns } = table;
  for await (const row of readTable(scan, encoding, table, meter)) {
    if ('reason' in row) yield unreadableRow(row.place, row.row, row.reason);
    else {
      const values = new Map(columns.flatMap((field, i) => (field ? [[field, row.cells[i] ?? '']] : [])));
      yield offerRow(values as Map<OfferField, string>, row.place, asObject(header, row.cells), options);
    }
  }
}

function valuesOf(object: JsonObject, notices: Notices): Map<OfferField, unknown> {
  const values = new Map<OfferField, unknown>();
  const ranks = new Map<OfferField, number>();
  for (const [key, value] of Object.entries(object)) {
    const alias = offerFields.find(key);
    if (!alias) notices.ignore(key);
    else if (alias.rank < (ranks.get(alias.field) ?? Infinity)) {
      values.set(alias.field, value);
      ranks.set(alias.field, alias.rank);
    }
  }
  return values;
}

/** A price list as one JSON object a line. */
export async function* readPriceLines(
  scan: FileScan,
  encoding: string,
  options: ReadingOptions,
  notices: Notices,
  meter: ReadMeter,
): AsyncGenerator<PriceListRow> {
  for await (const line of readJsonLines(scan, encoding, meter)) {
    if ('reason' in line) yield unreadableRow(line.place, line.row, line.reason);
    else yield offerRow(valuesOf(line.object, notices), line.place, line.object, options);
  }
}
