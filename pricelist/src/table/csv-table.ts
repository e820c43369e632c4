import { decodeText, type ReadMeter } from '@gastronom/commerceml/decode-text';
import { ExportError } from '@gastronom/commerceml/export-error';
import type { FileScan } from '@gastronom/commerceml/file-scan';
import type { Notices } from '@gastronom/commerceml/notices';
import type { Place } from '@gastronom/commerceml/row';
import iconv from 'iconv-lite';
import { findHeader } from './csv-header.ts';
import { type CsvRecord, CsvRecords } from './csv-records.ts';
import type { FieldNames } from './field-names.ts';
import { readLines } from './text-stream.ts';

export interface CsvTable {
  delimiter: string;
  header: readonly string[];
  /** The first line below the header. */
  firstLine: number;
}

/** A row of a table: as many cells as the header has, or what is wrong with it. */
export type CsvRow = { place: Place; cells: readonly string[] } | { place: Place; row: unknown; reason: string };

/** Finds delimiter and header in the first bytes; throws an ExportError when there is none. */
export function inspectTable(
  scan: FileScan,
  encoding: string,
  names: FieldNames<string>,
  expected: string,
  notices: Notices,
): CsvTable {
  const head = iconv.decode(scan.head, encoding);
  const { delimiter, headerLine } = findHeader(scan.path, head, names, expected);
  if (headerLine > 1) notices.add(`the lines above the header (line ${headerLine}) were passed over`);
  const records = new CsvRecords(delimiter);
  const lines = head.split(/\r?\n/).slice(headerLine - 1);
  for (const [i, text] of lines.entries()) {
    const [record] = records.add({ place: { file: scan.path, line: headerLine + i }, text });
    if (!record) continue;
    const header = 'cells' in record ? record.cells.map((cell) => cell.trim()) : [];
    return { delimiter, header, firstLine: headerLine + i + 1 };
  }
  throw new ExportError(`${scan.path}: the header's quotes never close`);
}

function rowOf(record: CsvRecord, columns: number, damaged: boolean): CsvRow | undefined {
  const { place } = record;
  if ('reason' in record) return { place, reason: record.reason, row: record.text };
  const { cells } = record;
  if (cells.every((cell) => cell.trim() === '')) return undefined;
  const surplus = cells.slice(columns).some((cell) => cell.trim() !== '');
  if (surplus || cells.length < columns)
    return { place, reason: `the row has ${cells.length} columns, the header has ${columns}`, row: cells };
  if (damaged && cells.some((cell) => cell.includes('\uFFFD')))
    return { place, reason: 'the row holds bytes that are not UTF-8', row: cells };
  return { place, cells };
}

/** The rows below the header; empty ones are passed over. */
export async function* readTable(
  scan: FileScan,
  encoding: string,
  table: CsvTable,
  meter: ReadMeter,
): AsyncGenerator<CsvRow> {
  const records = new CsvRecords(table.delimiter);
  const use = (record: CsvRecord) => rowOf(record, table.header.length, scan.damaged);
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
