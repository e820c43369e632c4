import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isCommerceml } from '@gastronom/commerceml/commerceml-reader';
import { ReadMeter } from '@gastronom/commerceml/decode-text';
import type { FileScan } from '@gastronom/commerceml/file-scan';
import type { SkuSource } from '@gastronom/commerceml/good';
import { Notices } from '@gastronom/commerceml/notices';
import { xmlEncoding } from '@gastronom/commerceml/xml-stream';
import iconv from 'iconv-lite';
import { UsageError } from '../cli-error.ts';
import { asUsage } from './as-usage.ts';
import { openExport } from './commerceml-input.ts';
import { inspectCsv, readCsv } from './csv-reader.ts';
import type { Input, SyncRow } from './input.ts';
import { readJsonl } from './jsonl-reader.ts';
import type { RowReading } from './product-row.ts';
import { scanFile } from './scan-file.ts';

export const formats = ['jsonl', 'csv', 'commerceml'] as const;
export type Format = (typeof formats)[number];

export interface InputOptions {
  format?: Format;
  encoding?: string;
  priceType?: string;
  skuSource?: SkuSource;
}

/** The files that the command line means: a folder stands for the XML files in it. */
export async function listFiles(paths: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => undefined);
      if (!found) throw new UsageError(`${path}: there is no such file`);
      if (!found.isDirectory()) return [path];
      const names = (await readdir(path)).filter((name) => /\.xml$/i.test(name)).sort();
      if (names.length === 0)
        throw new UsageError(`${path} holds no XML files; a folder must hold a CommerceML export`);
      return names.map((name) => join(path, name));
    }),
  );
  return [...new Set(lists.flat())];
}

/** One pass over each file: its hash, its encoding, and a refusal of what is no data. */
export const scanFiles = (paths: readonly string[]): Promise<FileScan[]> => Promise.all(paths.map(scanFile));

function detectFormat(scan: FileScan, encoding: string): Format {
  const head = iconv.decode(scan.head, encoding).trimStart();
  if (head.startsWith('{')) return 'jsonl';
  if (head.startsWith('[')) {
    throw new UsageError(`${scan.path} is one JSON array: write one object a line, for instance by jq -c '.[]'`);
  }
  if (!head.startsWith('<')) return 'csv';
  if (isCommerceml(iconv.decode(scan.head, xmlEncoding(scan)))) return 'commerceml';
  const root = /<([^\s?!/>]+)/.exec(head)?.[1];
  throw new UsageError(`${scan.path} is XML but not CommerceML: its first element is <${root}>`);
}

function checkEncoding(encoding: string | undefined): void {
  if (encoding !== undefined && !iconv.encodingExists(encoding)) {
    throw new UsageError(`--encoding ${encoding} is not known; utf-8, utf-16le and windows-1251 are`);
  }
}

const firstRows = 10;

/** Refuses a file whose first rows can none of them be read: it is something else than its form makes believe. */
async function refuseUnreadable(path: string, rows: AsyncIterable<SyncRow>): Promise<void> {
  let first: string | undefined;
  let read = 0;
  for await (const row of rows) {
    if (row.kind !== 'unreadable') return;
    first ??= `line ${row.place.line}: ${row.reason}`;
    if (++read === firstRows)
      throw new UsageError(`${path}: none of the first ${firstRows} rows can be read; ${first}`);
  }
}

async function openTable(
  scan: FileScan,
  format: 'jsonl' | 'csv',
  encoding: string,
  reading: RowReading,
): Promise<Input> {
  const { notices } = reading;
  const meter = new ReadMeter();
  const table = format === 'csv' ? await asUsage(async () => inspectCsv(scan, encoding, notices)) : undefined;
  if (encoding === 'windows-1251' && scan.encoding === encoding) notices.add(`${scan.path} is read as windows-1251`);
  const rows = (noticed: RowReading, counted: ReadMeter) =>
    table ? readCsv(scan, encoding, table, noticed, counted) : readJsonl(scan, encoding, noticed, counted);
  await refuseUnreadable(scan.path, rows({ notices: new Notices() }, new ReadMeter()));
  return {
    format,
    warehouses: [],
    categories: [],
    holdsOnlyChanges: undefined,
    totalBytes: scan.bytes,
    bytesRead: () => meter.bytes,
    rows: () => rows(reading, meter),
  };
}

/** Opens scanned files as one input. Several files are only taken together when they are one CommerceML export. */
export async function openInput(
  scans: readonly FileScan[],
  options: InputOptions,
  reading: RowReading,
): Promise<Input> {
  checkEncoding(options.encoding);
  const detected = await asUsage(async () =>
    scans.map((scan) => options.format ?? detectFormat(scan, options.encoding ?? scan.encoding)),
  );
  const [first] = scans;
  if (!first) throw new UsageError('no file was given');
  if (detected.every((format) => format === 'commerceml')) {
    return openExport(scans, options, reading);
  }
  if (scans.length > 1)
    throw new UsageError('several files are taken together only as one CommerceML export: sync the others one by one');
  return openTable(first, detected[0] as 'jsonl' | 'csv', options.encoding ?? first.encoding, reading);
}
