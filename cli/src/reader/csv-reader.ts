import { decodeText, type ReadMeter } from '@gastronom/commerceml/decode-text';
import type { FileScan } from '@gastronom/commerceml/file-scan';
import type { Notices } from '@gastronom/commerceml/notices';
import iconv from 'iconv-lite';
import { UsageError } from '../cli-error.ts';
import { findHeader, mapColumns } from './csv-header.ts';
import { type CsvRecord, CsvRecords } from './csv-records.ts';
import type { Field } from './field-names.ts';
import type { SyncRow } from './input.ts';
import { type RowReading, toRow } from './product-row.ts';
import { readLines } from './text-stream.ts';

// An empty cell of these says nothing; of any other column it says that the field is empty.
const silentWhenEmpty = new Set<Field>(['sku', 'currency', 'stockQuantity', 'warehouse', 'removed', 'name']);

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

function rowOf(
  record: CsvRecord,
  columns: readonly (Field | undefined)[],
  damaged: boolean,
  reading: RowReading,
): SyncRow | undefined {
  const { place } = record;
  const bad = (reason: string, row: unknown): SyncRow => ({ kind: 'unreadable', place, reason, field: null, row });
  if ('reason' in record) return bad(record.reason, record.text);
  const { cells } = record;
  if (cells.every((cell) => cell.trim() === '')) return undefined;
  const surplus = cells.slice(columns.length).some((cell) => cell.trim() !== '');
  if (surplus || cells.length < columns.length) {
    return bad(`the row has ${cells.length} columns, the header has ${columns.length}`, cells);
  }
  if (damaged && cells.some((cell) => cell.includes('\uFFFD')))
    return bad('the row holds bytes that are not UTF-8', cells);
  return toRow(valuesOf(cells, columns), place, cells, reading);
}

export interface CsvTable {
  delimiter: string;
  columns: readonly (Field | undefined)[];
  /** The first line below the header. */
  firstLine: number;
}

/** Finds delimiter and columns in the first bytes; throws a UsageError when no header tells them. */
export function inspectCsv(scan: FileScan, encoding: string, notices: Notices): CsvTable {
  const head = iconv.decode(scan.head, encoding);
  const { delimiter, headerLine } = findHeader(scan.path, head);
  if (headerLine > 1) notices.add(`the lines above the header (line ${headerLine}) were passed over`);
  const records = new CsvRecords(delimiter);
  const lines = head.split(/\r?\n/).slice(headerLine - 1);
  for (const [i, text] of lines.entries()) {
    const [record] = records.add({ place: { file: scan.path, line: headerLine + i }, text });
    if (!record) continue;
    const header = 'cells' in record ? record.cells.map((cell) => cell.trim()) : [];
    return { delimiter, columns: mapColumns(scan.path, header, notices), firstLine: headerLine + i + 1 };
  }
  throw new UsageError(`${scan.path}: the header's quotes never close`);
}

/** A table with a header line. */
export async function* readCsv(
  scan: FileScan,
  encoding: string,
  table: CsvTable,
  reading: RowReading,
  meter: ReadMeter,
): AsyncGenerator<SyncRow> {
  const records = new CsvRecords(table.delimiter);
  const use = (record: CsvRecord) => rowOf(record, table.columns, scan.damaged, reading);
  for await (const line of readLines(scan.path, decodeText(scan, encoding, meter))) {
    if (line.place.line < table.firstLine) continue;
    for (const record of records.add(line)) {
      const row = use(record);
      if (row) yield row;
    }
  }
  for (const record of records.end()) {
    const row = use(record);
    if (row) yield row;
  }
}
