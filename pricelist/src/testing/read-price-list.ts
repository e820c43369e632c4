import { scan } from '@gastronom/commerceml/file-scan';
import { Notices } from '@gastronom/commerceml/notices';
import { openPriceList, type PriceListOptions } from '../open-price-list.ts';
import type { OfferItem, PriceListRow } from '../price-list-row.ts';

export interface ReadPriceList {
  readonly rows: readonly PriceListRow[];
  /** Of the rows in which nothing is wrong. */
  readonly items: readonly OfferItem[];
  /** `line code field` of what is wrong. */
  readonly wrong: readonly string[];
  readonly notices: readonly string[];
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  // Small and odd, so that characters are cut.
  for (let at = 0; at < bytes.length; at += 1021) yield bytes.subarray(at, at + 1021);
}

/** Reads a price list as it lies in a file. */
export async function readPriceList(
  content: string | Uint8Array,
  options: Partial<PriceListOptions> = {},
): Promise<ReadPriceList> {
  const notices = new Notices();
  const scanned = await scan({ path: 'list', chunks: () => piecesOf(Buffer.from(content)) });
  const list = await openPriceList(scanned, { timeZone: 'Europe/Stockholm', ...options }, notices);
  const rows: PriceListRow[] = [];
  for await (const row of list.rows()) rows.push(row);
  return {
    rows,
    items: rows.flatMap(({ item, errors }) => (errors.length === 0 ? [JSON.parse(JSON.stringify(item))] : [])),
    wrong: rows.flatMap(({ place, errors }) => errors.map(({ code, field }) => `${place.line} ${code} ${field}`)),
    notices: notices.list(),
  };
}
