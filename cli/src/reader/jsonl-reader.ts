import { decodeText, type ReadMeter } from '@gastronom/commerceml/decode-text';
import type { FileScan } from '@gastronom/commerceml/file-scan';
import type { Notices } from '@gastronom/commerceml/notices';
import type { Place } from '@gastronom/commerceml/row';
import { type Field, findFieldCached } from './field-names.ts';
import type { SyncRow } from './input.ts';
import { type RowReading, toRow } from './product-row.ts';
import { type Line, readLines } from './text-stream.ts';

type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unreadable = (place: Place, reason: string, row: unknown): SyncRow => ({
  kind: 'unreadable',
  place,
  reason,
  field: null,
  row,
});

function collect(object: JsonObject, fields: Map<Field, unknown>, ranks: Map<Field, number>, notices: Notices): void {
  for (const [key, value] of Object.entries(object)) {
    const alias = findFieldCached(key);
    if (!alias) notices.ignore(key);
    else if (alias.field === 'nutrition' && isObject(value)) collect(value, fields, ranks, notices);
    else if (alias.rank < (ranks.get(alias.field) ?? Infinity)) {
      fields.set(alias.field, value);
      ranks.set(alias.field, alias.rank);
    }
  }
}

/** A line of a rejects file holds the row under `row`: mended, that file can be synced as it is. */
function unwrap(object: JsonObject): JsonObject {
  return isObject(object.row) && Array.isArray(object.errors) ? object.row : object;
}

function readLine({ place, text }: Line, damaged: boolean, reading: RowReading): SyncRow | undefined {
  if (text === undefined) return unreadable(place, 'the line is longer than 8 MB', null);
  if (text.trim() === '') return undefined;
  if (damaged && text.includes('\uFFFD')) return unreadable(place, 'the line holds bytes that are not UTF-8', text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return unreadable(place, `the line is not valid JSON: ${(error as SyntaxError).message}`, text);
  }
  if (!isObject(value)) return unreadable(place, 'the line is not a JSON object', value);
  const fields = new Map<Field, unknown>();
  const object = unwrap(value);
  collect(object, fields, new Map(), reading.notices);
  return toRow(fields, place, object, reading);
}

/** One JSON object a line. */
export async function* readJsonl(
  scan: FileScan,
  encoding: string,
  reading: RowReading,
  meter: ReadMeter,
): AsyncGenerator<SyncRow> {
  for await (const line of readLines(scan.path, decodeText(scan, encoding, meter))) {
    const row = readLine(line, scan.damaged, reading);
    if (row) yield row;
  }
}
