import type { Claims } from '../claims.ts';
import { absoluteUrl, type PageDocument, parsePage } from '../document/page-document.ts';
import type { PageToRead, ReadingRules } from '../reading.ts';
import { jsonLdThings } from '../source/json-ld.ts';
import { microdataThings } from '../source/markup.ts';
import { isProduct } from '../thing/main-product.ts';
import { type PageHints, pageHints } from '../thing/page-hints.ts';
import { productClaims } from '../thing/product-claims.ts';
import { isOfType, type Thing, textsOf, thingsOf } from '../thing/thing.ts';
import { adapterFor } from './adapter-for.ts';
import { listingCards } from './listing-cards.ts';
import type { CardRules, FoundListing, ListingPage, MarketAdapter } from './market-adapter.ts';
import { nextInDocument } from './next-by-relation.ts';
import { normaliseSize } from './normalise-size.ts';

/** More than a page lists. */
const mostListings = 1_000;
const listTypes: ReadonlySet<string> = new Set(['itemlist', 'offercatalog', 'collectionpage', 'searchresultspage']);

/** What a list holds: its entries, or what they are entries of. */
function entriesOf(list: Thing): Thing[] {
  const entries = [...thingsOf(list, 'itemlistelement'), ...thingsOf(list, 'mainentity').flatMap(entriesOf)];
  return entries.flatMap((entry) => {
    const items = thingsOf(entry, 'item');
    const [url] = textsOf(entry, 'url');
    // An entry may carry the address, and its item the rest.
    return items.length === 0 ? [entry] : items.map((item) => withUrl(item, url));
  });
}

const withUrl = (thing: Thing, url: string | undefined): Thing =>
  url === undefined || thing.properties.has('url')
    ? thing
    : { ...thing, properties: new Map([...thing.properties, ['url', [url]]]) };

function productsOf(document: PageDocument): Thing[] {
  const things = [...jsonLdThings(document), ...microdataThings(document)];
  const lists = things.filter((thing) => isOfType(thing, listTypes));
  const listed = lists.flatMap(entriesOf).filter(isProduct);
  return listed.length > 0 ? listed : things.filter(isProduct);
}

function addressOf(product: Thing, base: string): string | null {
  const texts = [
    ...textsOf(product, 'url'),
    ...thingsOf(product, 'offers').flatMap((offer) => textsOf(offer, 'url')),
    ...(product.id === null ? [] : [product.id]),
  ];
  return texts.map((text) => absoluteUrl(text, base)).find((url) => url !== null) ?? null;
}

const listingOf = (url: string, claims: Claims): FoundListing => ({
  id: null,
  url,
  title: claims.title,
  price: claims.price?.amount ?? null,
  oldPrice: claims.oldPrice?.amount ?? null,
  currency: claims.price?.currency ?? claims.currency,
  image: claims.image,
  availability: claims.availability,
  condition: claims.condition,
  size: claims.size === null ? null : normaliseSize(claims.size),
  seller: claims.seller,
});

function listingsIn(document: PageDocument, hints: PageHints, rules: ReadingRules): FoundListing[] {
  const found = new Map<string, FoundListing>();
  for (const product of productsOf(document).slice(0, mostListings)) {
    const url = addressOf(product, document.base);
    if (url === null || found.has(url)) continue;
    const claims = productClaims('json-ld', product, document.base, hints, {
      locale: rules.locale ?? document.language ?? undefined,
      currency: rules.currency,
    });
    found.set(url, listingOf(url, claims));
  }
  return [...found.values()];
}

const cardRules = (adapter: MarketAdapter, { url }: PageToRead, rules: ReadingRules): CardRules => {
  const own = adapter.cards(url);
  return { ...own, locale: rules.locale, currency: own.currency ?? rules.currency };
};

/** The things for sale that a page lists, by the site's own data, as JSON-LD and microdata say them, or as a marketplace shows them. */
export function readListings(page: PageToRead, rules: ReadingRules): ListingPage {
  const adapter = adapterFor(page.url);
  const own = adapter?.readListings(page);
  if (own !== undefined && own.listings.length > 0) return { ...own, listings: own.listings.slice(0, mostListings) };
  const document = parsePage(page.text, page.url);
  const stated = listingsIn(document, pageHints(document), rules);
  const shown = adapter && stated.length === 0 ? listingCards(document, cardRules(adapter, page, rules)) : stated;
  const listings = shown.map((listing) =>
    adapter?.noPrices.includes(listing.price ?? '') ? { ...listing, price: null, oldPrice: null } : listing,
  );
  return { listings, nextUrl: nextInDocument(document) };
}
