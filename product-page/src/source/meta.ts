import type { Element } from 'domhandler';
import { type Claims, noClaims } from '../claims.ts';
import { absoluteUrl, lineOf, type PageDocument } from '../document/page-document.ts';
import type { PriceTextRules } from '../price-text/price-kind.ts';
import { readPriceText } from '../price-text/read-price-text.ts';
import { readAvailabilityWords } from '../value/availability-words.ts';
import { readCondition } from '../value/condition.ts';
import { currencyCode } from '../value/currency-code.ts';
import { readGtin } from '../value/gtin.ts';
import { plainText } from '../value/plain-text.ts';
import { askedPrice, type Price, readStructuredPrice } from '../value/structured-price.ts';

/** Contents of the page's `meta` elements by property or name, in order. */
type Metas = ReadonlyMap<string, readonly string[]>;

function isInScope(element: Element): boolean {
  for (let above = element.parent; above; above = above.parent) {
    if ('attribs' in above && above.attribs.itemscope !== undefined) return true;
  }
  return false;
}

function metasOf(page: PageDocument): Metas {
  const metas = new Map<string, string[]>();
  for (const element of page.metas) {
    const { content } = element.attribs;
    if (content === undefined || content.trim() === '') continue;
    const names = [element.attribs.property, element.attribs.name];
    // What belongs to an item of the page is the item's.
    if (element.attribs.itemprop !== undefined && !isInScope(element)) names.push(`item:${element.attribs.itemprop}`);
    for (const name of new Set(names.map((one) => one?.trim().toLowerCase()))) {
      if (name) metas.set(name, [...(metas.get(name) ?? []), content]);
    }
  }
  return metas;
}

/** The one value of a property; a page that says it several times and differently says nothing. */
function only<T>(
  metas: Metas,
  name: string,
  read: (text: string) => T | null,
  same = String as (value: T) => string,
): T | null {
  const values = (metas.get(name) ?? [])
    .map(read)
    .filter((value): value is NonNullable<typeof value> => value !== null);
  const [first] = values;
  return first !== undefined && new Set(values.map(same)).size === 1 ? first : null;
}

function first<T>(metas: Metas, names: readonly string[], read: (text: string) => T | null): T | null {
  for (const name of names) {
    const value = only(metas, name, read);
    if (value !== null) return value;
  }
  return null;
}

const amountKey = ({ amount, currency }: Price): string => `${amount} ${currency}`;

function priceBy(metas: Metas, prefix: string, suffix: string, rules: PriceTextRules): Price | null {
  const currency = only(metas, `${prefix}:currency`, currencyCode) ?? rules.currency;
  const read = (text: string): Price | null => readStructuredPrice(text, { ...rules, currency });
  return only(metas, `${prefix}${suffix}`, read, amountKey);
}

const priceProperties = [
  ['product:sale_price', ':amount'],
  ['product:price', ':amount'],
  ['og:price', ':amount'],
  ['og:price', ''],
  ['product:price', ''],
] as const;

/** Twitter's cards show two facts by label: the price is one of them by its sign or its label. */
function twitterPrice(metas: Metas, rules: PriceTextRules): Price | null {
  for (const number of [1, 2]) {
    const label = only(metas, `twitter:label${number}`, plainText);
    const text = only(metas, `twitter:data${number}`, plainText);
    if (
      label === null ||
      text === null ||
      !/^(price|preis|prix|precio|prezzo|preço|hind|hinta|cena|cijena|цена)$/i.test(label)
    )
      continue;
    const price = askedPrice(readPriceText(text, rules));
    if (price !== null) return price;
  }
  return null;
}

function priceOf(metas: Metas, rules: PriceTextRules): Price | null {
  for (const [prefix, suffix] of priceProperties) {
    const price = priceBy(metas, prefix, suffix, rules);
    if (price !== null) return price;
  }
  const currency = only(metas, 'item:pricecurrency', currencyCode) ?? rules.currency;
  const item = only(metas, 'item:price', (text) => readStructuredPrice(text, { ...rules, currency }), amountKey);
  return item ?? twitterPrice(metas, rules);
}

/** Facebook's catalogue names the price before a reduction in two ways. */
function oldPriceOf(metas: Metas, rules: PriceTextRules): Price | null {
  const original = priceBy(metas, 'product:original_price', ':amount', rules);
  if (original !== null) return original;
  return metas.has('product:sale_price:amount') ? priceBy(metas, 'product:price', ':amount', rules) : null;
}

function titleOf(page: PageDocument, metas: Metas): string | null {
  const stated = first(metas, ['og:title', 'twitter:title', 'item:name'], plainText);
  if (stated !== null) return stated;
  const [heading, another] = page.headings.map(lineOf).filter((line) => line !== '');
  if (heading !== undefined && another === undefined) return plainText(heading);
  return page.title === null ? null : plainText(page.title);
}

const imageProperties = [
  'og:image:secure_url',
  'og:image',
  'og:image:url',
  'twitter:image',
  'twitter:image:src',
  'item:image',
];

/** What the page says of itself in `meta` elements, by property and by name: Open Graph, the product feeds', Twitter's. */
export function readMeta(page: PageDocument, rules: PriceTextRules): Claims {
  const metas = metasOf(page);
  const image = imageProperties.flatMap((name) => metas.get(name) ?? []).map((text) => absoluteUrl(text, page.base));
  return {
    ...noClaims('meta'),
    title: titleOf(page, metas),
    price: priceOf(metas, rules),
    oldPrice: oldPriceOf(metas, rules),
    currency: first(metas, ['product:price:currency', 'og:price:currency', 'item:pricecurrency'], currencyCode),
    image: image.find((url) => url !== null) ?? null,
    availability: first(metas, ['product:availability', 'og:availability', 'item:availability'], readAvailabilityWords),
    gtin: first(
      metas,
      ['product:gtin', 'product:ean', 'product:upc', 'product:isbn', 'og:upc', 'item:gtin13'],
      readGtin,
    ),
    sku: first(metas, ['product:retailer_item_id', 'product:sku', 'item:sku'], plainText),
    condition: first(metas, ['product:condition', 'og:condition'], readCondition),
    size: first(metas, ['product:size'], plainText),
  };
}
