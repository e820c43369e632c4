import { adapterFor } from './adapter/adapter-for.ts';
import type { FoundListing, ListingPage } from './adapter/market-adapter.ts';
import { readListings } from './adapter/read-listings.ts';
import { readProductPage } from './read-product-page.ts';
import type { PageToRead, ProductReading, ReadingRules } from './reading.ts';

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
