import { ReadMeter } from '@gastronom/commerceml/decode-text';
import { ExportError } from '@gastronom/commerceml/export-error';
import type { FileScan } from '@gastronom/commerceml/file-scan';
import { Notices } from '@gastronom/commerceml/notices';
import { xmlEncoding } from '@gastronom/commerceml/xml-stream';
import iconv from 'iconv-lite';
import { gatheredRows } from './gathered-rows.ts';
import { catalogueEncoding, isCatalogue, readCatalogue } from './peppol/catalogue-reader.ts';
import type { PriceListRow, ReadingOptions } from './price-list-row.ts';
import { inspectPriceTable, readPriceLines, readPriceTable } from './price-table.ts';

export const priceListFormats = ['csv', 'jsonl', 'peppol'] as const;
export type PriceListFormat = (typeof priceListFormats)[number];

export interface PriceListOptions extends ReadingOptions {
  /** In place of a look at the content. */
  readonly format?: PriceListFormat | undefined;
  readonly encoding?: string | undefined;
}

/** An opened price list, of whichever form. */
export interface PriceList {
  readonly format: PriceListFormat;
  readonly totalBytes: number;
  bytesRead(): number;
  /** Each call reads the file anew. */
  rows(): AsyncIterable<PriceListRow>;
}

function detectFormat(scan: FileScan, encoding: string): PriceListFormat {
  const head = iconv.decode(scan.head, encoding).trimStart();
  if (head.startsWith('{')) return 'jsonl';
  if (head.startsWith('['))
    throw new ExportError(`${scan.path} is one JSON array: write one object a line, for instance by jq -c '.[]'`);
  if (!head.startsWith('<')) return 'csv';
  const text = iconv.decode(scan.head, xmlEncoding(scan));
  if (isCatalogue(text)) return 'peppol';
  const root = /<([^\s?!/>]+)/.exec(text)?.[1] ?? '';
  throw new ExportError(`${scan.path} is XML but no Peppol Catalogue: its first element is <${root}>`);
}

const firstRows = 10;

/** Refuses a file whose first rows can none of them be read: it is something else than its form makes believe. */
async function refuseUnreadable(path: string, rows: AsyncIterable<PriceListRow>): Promise<void> {
  let first: string | undefined;
  let read = 0;
  for await (const { place, errors } of rows) {
    const [error] = errors;
    if (error?.code !== 'UNREADABLE') return;
    first ??= `line ${place.line}: ${error.message}`;
    if (++read === firstRows)
      throw new ExportError(`${path}: none of the first ${firstRows} rows can be read; ${first}`);
  }
}

/** Opens a scanned file. Throws an ExportError for what is no price list, or a broken one. */
export async function openPriceList(scan: FileScan, options: PriceListOptions, notices: Notices): Promise<PriceList> {
  const { encoding: given } = options;
  if (given !== undefined && !iconv.encodingExists(given))
    throw new ExportError(`the encoding "${given}" is not known; utf-8, utf-16le and windows-1251 are`);
  const format = options.format ?? detectFormat(scan, given ?? scan.encoding);
  const encoding = given ?? (format === 'peppol' ? catalogueEncoding(scan) : scan.encoding);
  if (encoding === 'windows-1251' && scan.encoding === encoding && format !== 'peppol')
    notices.add(`${scan.path} is read as windows-1251`);
  const table = format === 'csv' ? inspectPriceTable(scan, encoding, notices) : undefined;
  const read = (noticed: Notices, meter: ReadMeter) => {
    if (table) return readPriceTable(scan, encoding, table, options, meter);
    return format === 'jsonl'
      ? readPriceLines(scan, encoding, options, noticed, meter)
      : readCatalogue(scan, encoding, options, noticed, meter);
  };
  const first = read(new Notices(), new ReadMeter());
  // XML may break at its very end: it is read once here, so that a broken one is known before a row is sent.
  if (format === 'peppol') for await (const _ of first);
  else await refuseUnreadable(scan.path, first);
  const meter = new ReadMeter();
  return {
    format,
    totalBytes: scan.bytes,
    bytesRead: () => meter.bytes,
    rows: () => gatheredRows(read(notices, meter)),
  };
}
