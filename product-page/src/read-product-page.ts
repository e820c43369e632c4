import type { Claims } from './claims.ts';
import { type PageDocument, parsePage } from './document/page-document.ts';
import type { PriceTextRules } from './price-text/price-kind.ts';
import type { PageField, PageToRead, ProductReading, ReadingRules } from './reading.ts';
import { jsonLdThings } from './source/json-ld.ts';
import { microdataThings, rdfaThings } from './source/markup.ts';
import { readMeta } from './source/meta.ts';
import { mainProduct } from './thing/main-product.ts';
import { type PageHints, pageHints } from './thing/page-hints.ts';
import { productClaims } from './thing/product-claims.ts';
import type { Thing } from './thing/thing.ts';
import type { Price } from './value/structured-price.ts';

type Source = readonly [name: string, find: (page: PageDocument) => Thing[]];

/** What a page says of itself, the surest first. */
const thingSources: readonly Source[] = [
  ['json-ld', jsonLdThings],
  ['microdata', microdataThings],
  ['rdfa', rdfaThings],
];

function claimsOf(page: PageDocument, rules: PriceTextRules): Claims[] {
  const hints: PageHints = pageHints(page);
  const found: Claims[] = [];
  for (const [name, find] of thingSources) {
    const product = mainProduct(find(page), hints);
    if (product !== null) found.push(productClaims(name, product, page.base, hints, rules));
  }
  found.push(readMeta(page, rules));
  return found;
}

/** The first source with a price; of one that has several, the price that another source says as well. */
function pricedBy(claims: readonly Claims[]): { readonly price: Price; readonly by: Claims } | null {
  for (const by of claims) {
    if (by.price !== null) return { price: by.price, by };
    const others = claims.filter((other) => other !== by);
    const price = by.rivals.find(({ amount }) => others.some((other) => other.price?.amount === amount));
    if (price) return { price, by };
  }
  return null;
}

const isMore = (one: Price, other: Price): boolean => Number(one.amount) > Number(other.amount);

type Claimed = Exclude<PageField, 'price' | 'oldPrice' | 'currency'>;
const claimed: readonly Claimed[] = ['title', 'image', 'availability', 'gtin', 'sku', 'seller', 'condition', 'size'];

/** What a product page says: the store's selectors first, then what the page says of itself. */
export function readProductPage(page: PageToRead, rules: ReadingRules): ProductReading {
  const document = parsePage(page.text, page.url);
  const claims = claimsOf(document, {
    locale: rules.locale ?? document.language ?? undefined,
    currency: rules.currency,
  });
  const sources: Partial<Record<PageField, string>> = {};
  const take = <Field extends Claimed>(field: Field): Claims[Field] | null => {
    const by = claims.find((one) => one[field] !== null);
    if (by) sources[field] = by.source;
    return by?.[field] ?? null;
  };
  const priced = pricedBy(claims);
  if (priced) sources.price = priced.by.source;
  const currencyBy = claims.find((one) => one.currency !== null);
  const currency = priced?.price.currency ?? currencyBy?.currency ?? rules.currency ?? null;
  if (currency !== null) sources.currency = priced?.price.currency ? priced.by.source : (currencyBy?.source ?? 'store');
  const old = priced?.by.oldPrice ?? null;
  const oldPrice =
    priced && old && old.currency === priced.price.currency && isMore(old, priced.price) ? old.amount : null;
  if (oldPrice !== null && priced) sources.oldPrice = priced.by.source;
  const fields = Object.fromEntries(claimed.map((field) => [field, take(field)])) as {
    [Field in Claimed]: Claims[Field];
  };
  return { ...fields, price: priced?.price.amount ?? null, oldPrice, currency, sources };
}
