import { createHash } from 'node:crypto';
import { ExportError } from './export-error.ts';
import { Utf8Tally } from './utf8-tally.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251';

/** A file, wherever its bytes lie. */
export interface ByteSource {
  /** Its name in messages. */
  path: string;
  /** Reads it from its beginning, as often as it is called. */
  chunks(): AsyncIterable<Buffer>;
}

/** What one pass over a file's bytes tells: enough to name the run, choose the encoding and refuse what is no data. */
export interface FileScan extends ByteSource {
  bytes: number;
  sha256: string;
  encoding: Encoding;
  /** UTF-8 by its look, yet with bytes that are not: a row they fall into cannot be trusted. */
  damaged: boolean;
  head: Buffer;
}

const headBytes = 64 * 1024;

const magics: readonly (readonly [string, string])[] = [
  ['504b0304', 'is a ZIP archive or an .xlsx workbook: save the sheet as CSV, or unpack the archive'],
  ['d0cf11e0', 'is an old Excel workbook: save the sheet as CSV'],
  ['25504446', 'is a PDF: ask for the data as CSV, JSONL or CommerceML'],
  ['1f8b', 'is compressed with gzip: unpack it first'],
];

function refuseForeign(path: string, head: Buffer): void {
  const magic = magics.find(([prefix]) => head.toString('hex', 0, 4).startsWith(prefix));
  if (magic) throw new ExportError(`${path} ${magic[1]}`);
  if (/^\s*(<!doctype html|<html)/i.test(head.toString('latin1').replace(/^\xef\xbb\xbf/, ''))) {
    throw new ExportError(`${path} is an HTML page, probably a login or error page saved in place of the export`);
  }
}

function byteOrderMark(head: Buffer): Encoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

function judgeEncoding(path: string, head: Buffer, tally: Utf8Tally): Pick<FileScan, 'encoding' | 'damaged'> {
  const marked = byteOrderMark(head);
  if (marked?.startsWith('utf-16')) return { encoding: marked, damaged: false };
  if (tally.nuls > 0) throw new ExportError(`${path} is a binary file: JSONL, CSV or CommerceML XML is expected`);
  const broken = tally.broken + tally.unfinished;
  if (broken === 0) return { encoding: 'utf-8', damaged: false };
  // In windows-1251 text a valid UTF-8 sequence is a rare accident; many of them beside few broken bytes is a cut or patched file.
  if (marked || tally.sequences > 10 * broken) return { encoding: 'utf-8', damaged: true };
  return { encoding: 'windows-1251', damaged: false };
}

/** Reads the whole file once. Throws an ExportError for what cannot be data at all. */
export async function scan(source: ByteSource): Promise<FileScan> {
  const { path } = source;
  const hash = createHash('sha256');
  const tally = new Utf8Tally();
  let head = Buffer.alloc(0);
  let bytes = 0;
  for await (const chunk of source.chunks()) {
    if (head.length < headBytes) head = Buffer.concat([head, chunk]).subarray(0, headBytes);
    hash.update(chunk);
    tally.add(chunk);
    bytes += chunk.length;
  }
  if (bytes === 0) throw new ExportError(`${path} is empty`);
  refuseForeign(path, head);
  const judged = judgeEncoding(path, head, tally);
  return { path, chunks: () => source.chunks(), bytes, sha256: hash.digest('hex'), head, ...judged };
}
