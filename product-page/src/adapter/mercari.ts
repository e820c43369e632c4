import { movePoint } from '../price-text/move-point.ts';
import type { AvailabilityName, ConditionName, PageToRead } from '../reading.ts';
import { plainText } from '../value/plain-text.ts';
import { embeddedJson } from './embedded-json.ts';
import { type JsonObject, objectsIn, textAt, valueAt } from './json-object.ts';
import type { FoundListing, ListingPage, MarketAdapter } from './market-adapter.ts';
import { nextByRelation } from './next-by-relation.ts';
import { normaliseSize } from './normalise-size.ts';
import { pageOfAddress } from './page-of-address.ts';

/** What a seller writes who wants no offers yet. */
const noPrice = '9999999';
const itemId = /^m\d{6,}$/;

/** Japan's prices are yen; those of the United States are cents. */
const isJapanese = (url: string): boolean => /(^|\.)(jp\.mercari\.com|mercari\.jp)$/.test(new URL(url).hostname);

/** Both countries number them alike, with six in Japan. */
const conditionsById: Readonly<Record<string, ConditionName>> = {
  1: 'NEW',
  2: 'LIKE_NEW',
  3: 'GOOD',
  4: 'FAIR',
  5: 'POOR',
  6: 'POOR',
};

const availabilities: Readonly<Record<string, AvailabilityName>> = {
  on_sale: 'IN_STOCK',
  sold_out: 'SOLD',
  trading: 'SOLD',
  stop: 'DISCONTINUED',
  cancel: 'DISCONTINUED',
};

function availabilityOf(item: JsonObject): AvailabilityName | null {
  const status = textAt(item, 'status')
    ?.toLowerCase()
    .replace(/^item_status_/, '');
  return (status !== undefined && Object.hasOwn(availabilities, status) && availabilities[status]) || null;
}

function priceOf(raw: string | null, isYen: boolean): string | null {
  if (raw === null || raw === noPrice || !/^\d{1,12}(\.\d{1,2})?$/.test(raw) || /^[0.]+$/.test(raw)) return null;
  return isYen || raw.includes('.') ? raw : movePoint(raw, -2);
}

const isItem = (object: JsonObject): boolean =>
  itemId.test(textAt(object, 'id') ?? '') && textAt(object, 'name') !== null && textAt(object, 'price') !== null;

function imageOf(item: JsonObject): string | null {
  const photo = valueAt(item, 'photos', 0) ?? valueAt(item, 'thumbnails', 0);
  return typeof photo === 'string' ? photo : (textAt(photo, 'image_url') ?? textAt(photo, 'thumbnail'));
}

const addressOf = (id: string, isYen: boolean): string =>
  isYen ? `https://jp.mercari.com/item/${id}` : `https://www.mercari.com/us/item/${id}/`;

function listingOf(item: JsonObject, url: string): FoundListing {
  const isYen = isJapanese(url);
  const id = textAt(item, 'id') ?? '';
  const condition = textAt(item, 'item_condition', 'id') ?? textAt(item, 'item_condition_id') ?? '';
  const size = textAt(item, 'item_size', 'name') ?? textAt(item, 'item_sizes', 0, 'name');
  const old = priceOf(textAt(item, 'original_price'), isYen);
  const price = priceOf(textAt(item, 'price'), isYen);
  return {
    id,
    url: addressOf(id, isYen),
    title: plainText(textAt(item, 'name') ?? ''),
    price,
    oldPrice: price !== null && old !== null && Number(old) > Number(price) ? old : null,
    currency: isYen ? 'JPY' : 'USD',
    image: imageOf(item),
    availability: availabilityOf(item),
    condition: conditionsById[condition] ?? null,
    size: size === null ? null : normaliseSize(size),
    seller: textAt(item, 'seller', 'name') ?? textAt(item, 'seller', 'id') ?? textAt(item, 'seller_id'),
  };
}

/** Of an item that the data name several times the fullest. */
function itemsIn(objects: readonly JsonObject[]): JsonObject[] {
  const items = new Map<string, JsonObject>();
  for (const object of objects.filter(isItem)) {
    const id = textAt(object, 'id') ?? '';
    const known = items.get(id);
    if (known === undefined || Object.keys(known).length < Object.keys(object).length) items.set(id, object);
  }
  return [...items.values()];
}

function readProduct(page: PageToRead): FoundListing | null {
  const url = new URL(page.url);
  const id = /\/item\/(m\d+)/.exec(url.pathname)?.[1] ?? url.searchParams.get('id');
  const item = itemsIn(objectsIn(embeddedJson(page))).find((one) => textAt(one, 'id') === id);
  return item === undefined ? null : listingOf(item, page.url);
}

/** By the token that the answer gives, or the number of its last item. */
function nextUrl(page: PageToRead, objects: readonly JsonObject[]): string | null {
  const token = objects.map((object) => textAt(object, 'next_page_token')).find((one) => one !== null);
  if (token) return pageOfAddress(page.url, 'page_token', token);
  const hasNext = objects.some((object) => valueAt(object, 'has_next') === true);
  const last = hasNext ? objects.map((object) => textAt(object, 'pager_id')).findLast((one) => one !== null) : null;
  return last ? pageOfAddress(page.url, 'max_pager_id', last) : nextByRelation(page);
}

function readListings(page: PageToRead): ListingPage {
  const objects = objectsIn(embeddedJson(page));
  return { listings: itemsIn(objects).map((item) => listingOf(item, page.url)), nextUrl: nextUrl(page, objects) };
}

export const mercari: MarketAdapter = {
  name: 'mercari',
  skuPrefix: 'MERC',
  hosts: ['mercari.com', 'mercari.jp'],
  noPrices: [noPrice, movePoint(noPrice, -2)],
  cards: (url) => ({
    path: /\/item\/(m\d{6,})/,
    addressOf: (id) => addressOf(id, isJapanese(url)),
    currency: isJapanese(url) ? 'JPY' : 'USD',
  }),
  readProduct,
  readListings,
};
