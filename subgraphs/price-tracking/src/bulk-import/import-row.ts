import type { PageCheck } from '../check/page-check.ts';
import type { PriceTrackingContext } from '../context.ts';
import { settledAddress } from '../quick-add/settled-address.ts';
import type { NormalUrl } from '../tracked-url/normalise-url.ts';
import { readAddress } from '../tracked-url/read-address.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';
import type { SkippedPage, SkipReasonName } from './bulk-import.answer.ts';
import type { BulkImportItemInput } from './bulk-import.inputs.ts';

/** Of those a call looks at. */
export const mostRows = 100;
const longestShown = 2_000;

/** An item of a call, on its way to a page that is watched. */
export interface ImportRow {
  /** As it was given. */
  readonly given: string;
  readonly setPrimary: boolean;
  address: NormalUrl | null;
  /** What came of looking at the page; null where its turn did not come in time. */
  check: PageCheck | null;
  skipped: SkippedPage | null;
}

export function skip(
  row: ImportRow,
  reason: SkipReasonName,
  message: string,
  trackedUrl: TrackedUrlEntity | null = null,
): void {
  row.skipped = { url: row.given.slice(0, longestShown).toWellFormed(), reason, message, trackedUrl };
}

export const isLeft = (row: ImportRow): row is ImportRow & { address: NormalUrl } =>
  row.skipped === null && row.address !== null;

/** Items as they can be looked at: bad addresses, those that came before, and those that are too many are skipped. */
export function readRows(context: PriceTrackingContext, items: readonly BulkImportItemInput[]): ImportRow[] {
  const seen = new Set<string>();
  return items.map(({ url: given, setPrimary }, place) => {
    const read = readAddress(context, given);
    const address = 'reason' in read ? null : read;
    const row: ImportRow = { given, setPrimary: setPrimary === true, address, check: null, skipped: null };
    if ('reason' in read) skip(row, read.reason, read.message);
    else if (seen.has(read.url)) skip(row, 'DUPLICATE', 'It stands in the call before.');
    else if (place >= mostRows)
      skip(row, 'TOO_MANY', `A call looks at ${mostRows} addresses: send it again in another.`);
    if (address) seen.add(address.url);
    return row;
  });
}

/** Keeps pages that were looked at by their settled addresses; two that turn out to be one are one. */
export function settleRows(rows: readonly ImportRow[]): void {
  const seen = new Set<string>();
  for (const row of rows.filter(isLeft)) {
    row.address = settledAddress(row.address, row.check);
    if (seen.has(row.address.url)) skip(row, 'DUPLICATE', 'Another address in the call leads to the same page.');
    seen.add(row.address.url);
  }
}

/** Skips those that their owner watches already. */
export function skipKnown(rows: readonly ImportRow[], known: readonly TrackedUrlEntity[]): void {
  const byUrl = new Map(known.map((url) => [url.url, url]));
  for (const row of rows.filter(isLeft)) {
    const found = byUrl.get(row.address.url);
    if (found) skip(row, 'DUPLICATE', 'You watch this page already.', found);
  }
}
