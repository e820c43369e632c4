import type { Claims } from '../claims.ts';
import type { PriceTextRules } from '../price-text/price-kind.ts';
import type { AvailabilityName, ConditionName, PageToRead } from '../reading.ts';

/** One thing for sale on a page that lists several. */
export interface FoundListing {
  /** The site's own; null where the page names none. */
  readonly id: string | null;
  /** Absolute. */
  readonly url: string;
  readonly title: string | null;
  /** Decimal string in the main unit; null for none, and for a sum that stands for none. */
  readonly price: string | null;
  readonly oldPrice: string | null;
  /** ISO 4217. */
  readonly currency: string | null;
  readonly image: string | null;
  readonly availability: AvailabilityName | null;
  readonly condition: ConditionName | null;
  readonly size: string | null;
  readonly seller: string | null;
}

/** What a page of a list holds, and where the list goes on. */
export interface ListingPage {
  readonly listings: readonly FoundListing[];
  readonly nextUrl: string | null;
}

/** How a site's pages link to what they list. */
export interface CardRules extends PriceTextRules {
  /** Of the path of a listing; its first group is what names it there. */
  readonly path: RegExp;
  readonly addressOf: (name: string) => string;
}

/** Reads the pages and data of one marketplace. */
export interface MarketAdapter {
  readonly name: 'mercari' | 'depop';
  /** What the SKUs of its listings begin with. */
  readonly skuPrefix: 'MERC' | 'DEPOP';
  readonly hosts: readonly string[];
  /** Sums that its sellers write for none. */
  readonly noPrices: readonly string[];
  /** What its data say of the thing that the page is about; null where the page has no data of it. */
  readonly readProduct: (page: PageToRead) => FoundListing | null;
  /** How its rendered pages link to listings. */
  readonly cards: (url: string) => CardRules;
  readonly readListings: (page: PageToRead) => ListingPage;
}

/** A listing in the form in which every source of a page speaks. */
export const claimsOf = (source: string, listing: FoundListing): Claims => ({
  source,
  title: listing.title,
  price: listing.price === null ? null : { amount: listing.price, currency: listing.currency },
  rivals: [],
  oldPrice: listing.oldPrice === null ? null : { amount: listing.oldPrice, currency: listing.currency },
  currency: listing.currency,
  image: listing.image,
  availability: listing.availability,
  gtin: null,
  sku: listing.id,
  seller: listing.seller,
  condition: listing.condition,
  size: listing.size,
});
