import { adapterFor } from '@gastronom/product-page/adapter/adapter-for';
import type { FoundListing, ListingPage } from '@gastronom/product-page/adapter/market-adapter';
import { readListings } from '@gastronom/product-page/adapter/read-listings';
import { readProductPage } from '@gastronom/product-page/read-product-page';
import type { PageToRead, ProductReading, ReadingRules } from '@gastronom/product-page/reading';
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

function listingOf(reading: ProductReading, url: string): FoundListing | null {
  const { title, price, oldPrice, currency, image, availability, condition, size, seller } = reading;
  if (title === null || price === null) return null;
  return { id: null, url, title, price, oldPrice, currency, image, availability, condition, size, seller };
}

/** What a page lists; of a page of one thing that thing. */
export function readListPage(page: PageToRead, rules: ReadingRules): ListingPage {
  const own = adapterFor(page.url)?.readProduct(page);
  if (own) return { listings: [own], nextUrl: null };
  const list = readListings(page, rules);
  if (list.listings.length > 0) return list;
  const alone = listingOf(readProductPage(page, rules), page.url);
  return alone === null ? list : { listings: [alone], nextUrl: null };
}

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

/** Listings as they are to be watched, each page once; those at addresses that may not be asked are left out. */
export function foundItems(
  context: Pick<PriceTrackingContext, 'settings'>,
  listings: readonly FoundListing[],
  at: Date,
): FoundItem[] {
  const items = new Map<string, FoundItem>();
  for (const listing of listings) {
    const address = readAddress(context, listing.url);
    if ('reason' in address || items.has(address.url)) continue;
    const prefix = adapterFor(address.url)?.skuPrefix;
    const sku = prefix && listing.id ? `${prefix}-${listing.id}`.slice(0, longestSku) : null;
    const reading = readingOf(listing);
    items.set(address.url, { address, sku, reading, check: checkOf(address.url, reading, at) });
  }
  return [...items.values()];
}
