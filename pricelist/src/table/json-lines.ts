import { decodeText, type ReadMeter } from '@gastronom/commerceml/decode-text';
import type { FileScan } from '@gastronom/commerceml/file-scan';
import type { Place } from '@gastronom/commerceml/row';
import { type Line, readLines } from './text-stream.ts';

export type JsonObject = Record<string, unknown>;

/** An object of a file, or what is wrong with its line. */
export type JsonLine = { place: Place; object: JsonObject } | { place: Place; row: unknown; reason: string };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A line of a rejects file holds the row under `row`: mended, that file can be sent itself. */
const unwrap = (object: JsonObject): JsonObject =>
  isObject(object.row) && Array.isArray(object.errors) ? object.row : object;

function readLine({ place, text }: Line, damaged: boolean): JsonLine | undefined {
  if (text === undefined) return { place, reason: 'the line is longer than 8 MB', row: null };
  if (text.trim() === '') return undefined;
  if (damaged && text.includes('\uFFFD'))
    return { place, reason: 'the line holds bytes that are not UTF-8', row: text };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { place, reason: `the line is not valid JSON: ${(error as SyntaxError).message}`, row: text };
  }
  return isObject(value)
    ? { place, object: unwrap(value) }
    : { place, reason: 'the line is not a JSON object', row: value };
}

/** One JSON object a line; empty lines are passed over. */
export async function* readJsonLines(scan: FileScan, encoding: string, meter: ReadMeter): AsyncGenerator<JsonLine> {
  for await (const line of readLines(scan.path, decodeText(scan, encoding, meter))) {
    const read = readLine(line, scan.damaged);
    if (read) yield read;
  }
}
