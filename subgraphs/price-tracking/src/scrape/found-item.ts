import { adapterFor } from '@gastronom/product-page/adapter/adapter-for';
import type { FoundListing } from '@gastronom/product-page/adapter/market-adapter';
import type { ProductReading } from '@gastronom/product-page/reading';
import type { PageCheck } from '../check/page-check.ts';
import { storableReading } from '../check/storable-reading.ts';
import type { PriceTrackingContext } from '../context.ts';
import { type NormalUrl } from '../tracked-url/normalise-url.ts';
import { readAddress } from '../tracked-url/read-address.ts';

/** A thing for sale, as it is to be watched. */
export interface FoundItem {
  readonly address: NormalUrl;
  /** `MERC-m123`; null where the site is no marketplace. */
  readonly sku: string | null;
  /** What the list says of it, as if its page had been read; null where it says no price. */
  readonly check: PageCheck | null;
  readonly reading: ProductReading;
}

const longestSku = 100;

const readingOf = (listing: FoundListing): ProductReading =>
  storableReading({ ...listing, sku: listing.id, gtin: null, sources: {} });

/** The list was asked for, not the page: it took nothing. */
const noStats = { status: 200, bytes: 0, waitedMs: 0, fetchedMs: 0, tries: 0 };

function checkOf(url: string, reading: ProductReading, checkedAt: Date): PageCheck | null {
  if (reading.price === null || reading.currency === null) return null;
  const validators = { etag: null, lastModified: null };
  const isOk = { outcome: 'OK', code: null, error: null, isUnchanged: false } as const;
  return { ...isOk, url, reading, validators, stats: noStats, checkedAt };
}

const bareHost = (url: string): string => new URL(url).hostname.replace(/^(www|m)\./, '');

/** Of the same shop: no page makes stores of all the hosts that it links to. */
function isSameShop(one: string, other: string): boolean {
  const [mine, theirs] = [bareHost(one), bareHost(other)];
  return mine === theirs || mine.endsWith(`.${theirs}`) || theirs.endsWith(`.${mine}`);
}

/**
 * Listings of a page as they are to be watched, each once; those at addresses that may not be asked, or of another shop,
 * are left out.
 */
export function foundItems(
  context: Pick<PriceTrackingContext, 'settings'>,
  pageUrl: string,
  listings: readonly FoundListing[],
  at: Date,
): FoundItem[] {
  const items = new Map<string, FoundItem>();
  for (const listing of listings) {
    const address = readAddress(context, listing.url);
    if ('reason' in address || items.has(address.url)) continue;
    const prefix = adapterFor(address.url)?.skuPrefix;
    if (adapterFor(address.url) !== adapterFor(pageUrl) || (!prefix && !isSameShop(address.url, pageUrl))) continue;
    const sku = prefix && listing.id ? `${prefix}-${listing.id}`.slice(0, longestSku) : null;
    const reading = readingOf(listing);
    items.set(address.url, { address, sku, reading, check: checkOf(address.url, reading, at) });
  }
  return [...items.values()];
}
