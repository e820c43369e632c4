import type { AvailabilityName, ConditionName, PageToRead } from '../reading.ts';
import { plainText } from '../value/plain-text.ts';
import { embeddedJson } from './embedded-json.ts';
import { isObject, type JsonObject, objectsIn, textAt, valueAt } from './json-object.ts';
import type { FoundListing, ListingPage, MarketAdapter } from './market-adapter.ts';
import { nextByRelation } from './next-by-relation.ts';
import { normaliseSize } from './normalise-size.ts';
import { pageOfAddress } from './page-of-address.ts';

const noPrice = '9999999';
const longestTitle = 200;
const longestLine = 1_000;

/** Depop's scale has nothing below fair. */
const conditions: Readonly<Record<string, ConditionName>> = {
  brand_new: 'NEW',
  new: 'NEW',
  used_like_new: 'LIKE_NEW',
  like_new: 'LIKE_NEW',
  used_excellent: 'GOOD',
  used_good: 'GOOD',
  used_fair: 'FAIR',
};

function conditionOf(item: JsonObject): ConditionName | null {
  const name =
    textAt(item, 'attributes', 'condition') ?? textAt(item, 'condition', 'id') ?? textAt(item, 'condition') ?? '';
  const id = name.toLowerCase().replace(/[^a-z]+/g, '_');
  return Object.hasOwn(conditions, id) ? (conditions[id] ?? null) : null;
}

function availabilityOf(item: JsonObject): AvailabilityName | null {
  const status = (textAt(item, 'status') ?? '').toUpperCase().replace(/^STATUS_/, '');
  if (/SOLD|PURCHASED/.test(status) || valueAt(item, 'is_sold') === true || valueAt(item, 'sold') === true)
    return 'SOLD';
  if (status === 'ONSALE' || status === 'ON_SALE') return 'IN_STOCK';
  return /DELETED|REMOVED/.test(status) ? 'DISCONTINUED' : null;
}

interface Prices {
  readonly price: string | null;
  readonly oldPrice: string | null;
  readonly currency: string | null;
}

const sumOf = (text: string | null): string | null =>
  text !== null && /^\d{1,12}(\.\d{1,3})?$/.test(text) && !/^[0.]+$/.test(text) && Number(text) !== Number(noPrice)
    ? text
    : null;

/** What the thing costs, without the post and the buyer's fee. */
const askedIn = (prices: unknown): string | null =>
  sumOf(textAt(prices, 'price_breakdown', 'price', 'amount') ?? textAt(prices, 'total_price'));

function reduced(price: string | null, before: string | null): string | null {
  return price !== null && before !== null && Number(before) > Number(price) ? before : null;
}

function pricesOf(item: JsonObject): Prices {
  const pricing = valueAt(item, 'pricing');
  if (isObject(pricing)) {
    const key = textAt(pricing, 'final_price_key');
    const original = askedIn(valueAt(pricing, 'original_price'));
    const final = key === null ? null : askedIn(valueAt(pricing, key));
    const price = final ?? askedIn(valueAt(pricing, 'discounted_price')) ?? askedIn(valueAt(pricing, 'current_price'));
    const currency = textAt(pricing, 'currency_name') ?? textAt(pricing, 'currency');
    return { price: price ?? original, oldPrice: reduced(price, original), currency };
  }
  const plain = valueAt(item, 'price');
  const original = sumOf(textAt(plain, 'price_amount') ?? textAt(plain, 'amount'));
  const price = sumOf(textAt(plain, 'discounted_price_amount') ?? textAt(plain, 'discounted_price')) ?? original;
  const currency = textAt(plain, 'currency_name') ?? textAt(plain, 'currency');
  return { price, oldPrice: reduced(price, original), currency };
}

/** The addresses of a picture by their widths: the widest. */
function imageOf(item: JsonObject): string | null {
  const picture = valueAt(item, 'pictures', 0) ?? valueAt(item, 'preview');
  const found = objectsIn([picture]).flatMap((object) => {
    const url = textAt(object, 'url');
    const named = Object.entries(object).filter(([name]) => /^\d+$/.test(name));
    return [
      ...(url === null ? [] : [{ url, width: Number(textAt(object, 'width') ?? 0) }]),
      ...named.map(([width, address]) => ({ url: String(address), width: Number(width) })),
    ];
  });
  return found.sort((one, other) => other.width - one.width)[0]?.url ?? null;
}

/** What is left to buy, where it says what is. */
function sizeOf(item: JsonObject): string | null {
  const sizes = valueAt(item, 'sizes') ?? valueAt(item, 'variants_all');
  if (!Array.isArray(sizes)) return null;
  const left = sizes.filter((size) => valueAt(size, 'quantity') !== 0);
  const names = (left.length > 0 ? left : sizes).map((size: unknown) =>
    normaliseSize((typeof size === 'string' ? size : (textAt(size, 'name') ?? textAt(size, 'variant'))) ?? ''),
  );
  const known = [...new Set(names.filter((name) => name !== null))];
  return known.length === 0 ? null : known.join(', ');
}

/** Sellers write a text alone: its first line, without the tags at its end. */
function titleOf(item: JsonObject): string | null {
  const [line = ''] = (textAt(item, 'title') ?? textAt(item, 'description') ?? '').split('\n');
  return plainText(
    line
      .slice(0, longestLine)
      .replace(/(\s*#[\p{L}\p{N}_]+)+\s*$/u, '')
      .slice(0, longestTitle),
  );
}

const addressOf = (slug: string): string => `https://www.depop.com/products/${encodeURIComponent(slug)}/`;

function listingOf(item: JsonObject): FoundListing {
  const slug = textAt(item, 'slug') ?? '';
  const prices = pricesOf(item);
  return {
    id: textAt(item, 'id') ?? slug,
    url: addressOf(slug),
    title: titleOf(item),
    ...prices,
    currency: /^[A-Z]{3}$/.test(prices.currency ?? '') ? prices.currency : null,
    image: imageOf(item),
    availability: availabilityOf(item),
    condition: conditionOf(item),
    size: sizeOf(item),
    seller: textAt(item, 'seller', 'username') ?? textAt(item, 'seller_username') ?? textAt(item, 'username'),
  };
}

const isItem = (object: JsonObject): boolean =>
  textAt(object, 'slug') !== null && (isObject(valueAt(object, 'pricing')) || isObject(valueAt(object, 'price')));

function itemsIn(objects: readonly JsonObject[]): JsonObject[] {
  const items = new Map<string, JsonObject>();
  for (const object of objects.filter(isItem)) {
    const slug = textAt(object, 'slug') ?? '';
    const known = items.get(slug);
    if (known === undefined || Object.keys(known).length < Object.keys(object).length) items.set(slug, object);
  }
  return [...items.values()];
}

function readProduct(page: PageToRead): FoundListing | null {
  const slug = /\/(?:products|by-slug)\/([^/]+)/.exec(new URL(page.url).pathname)?.[1];
  const items = itemsIn(objectsIn(embeddedJson(page)));
  const item = items.find((one) => textAt(one, 'slug') === slug);
  return item === undefined ? null : listingOf(item);
}

function readListings(page: PageToRead): ListingPage {
  const objects = objectsIn(embeddedJson(page));
  const info = objects.find((object) => valueAt(object, 'has_more') === true);
  const cursor = info === undefined ? null : (textAt(info, 'last') ?? textAt(info, 'cursor'));
  return {
    listings: itemsIn(objects).map(listingOf),
    nextUrl: cursor === null ? nextByRelation(page) : pageOfAddress(page.url, 'cursor', cursor),
  };
}

export const depop: MarketAdapter = {
  name: 'depop',
  skuPrefix: 'DEPOP',
  hosts: ['depop.com'],
  noPrices: [noPrice],
  // Its pages show each country its own currency: a `$` may be any.
  cards: () => ({ path: /^\/products\/([\w.-]+)\/?$/, addressOf }),
  readProduct,
  readListings,
};
