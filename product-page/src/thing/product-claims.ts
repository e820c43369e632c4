import { type Claims, noClaims } from '../claims.ts';
import { absoluteUrl } from '../document/page-document.ts';
import type { PriceTextRules } from '../price-text/price-kind.ts';
import type { AvailabilityName } from '../reading.ts';
import { readCondition } from '../value/condition.ts';
import { readGtin } from '../value/gtin.ts';
import { plainText } from '../value/plain-text.ts';
import { type Offer, offersOf } from './offer.ts';
import { chooseOffers } from './offer-choice.ts';
import { isNamedByPage } from './page-address.ts';
import type { PageHints } from './page-hints.ts';
import { type Thing, textsOf, thingsOf } from './thing.ts';

function availabilityOf(offers: readonly Offer[]): AvailabilityName | null {
  const all = offers.map(({ availability }) => availability).filter((one) => one !== null);
  return all.find((one) => one === 'IN_STOCK') ?? all[0] ?? null;
}

const firstText = (thing: Thing, ...names: readonly string[]): string | null => {
  const [text] = textsOf(thing, ...names);
  return text === undefined ? null : plainText(text);
};

function imageOf(product: Thing, base: string): string | null {
  const texts = textsOf(product, 'image', 'photo', 'thumbnailurl');
  const objects = thingsOf(product, 'image').flatMap((image) => textsOf(image, 'contenturl', 'url'));
  for (const text of [...texts, ...objects]) {
    const url = absoluteUrl(text, base);
    if (url !== null) return url;
  }
  return null;
}

function gtinOf(things: readonly Thing[]): string | null {
  for (const thing of things) {
    const named = ['gtin13', 'gtin', 'gtin14', 'gtin12', 'gtin8', 'isbn', 'productid', 'sku'].flatMap((name) =>
      textsOf(thing, name),
    );
    const identifiers = thingsOf(thing, 'identifier').flatMap((one) => textsOf(one, 'value'));
    for (const text of [...named, ...identifiers]) {
      const gtin = readGtin(text);
      if (gtin !== null) return gtin;
    }
  }
  return null;
}

/** The one variant that the page's address names, or that there is. */
function variantOf(product: Thing, hints: PageHints): Thing | null {
  const variants = [...thingsOf(product, 'hasvariant'), ...thingsOf(product, 'model')].filter(
    (one) => one.properties.size > 0,
  );
  const named = variants.filter((variant) => isNamedByPage(variant, hints));
  const [only, another] = named.length > 0 ? named : variants;
  return only !== undefined && another === undefined ? only : null;
}

function offersOfGroup(product: Thing, rules: PriceTextRules): Offer[] {
  const own = offersOf(product, rules);
  return own.length > 0 ? own : thingsOf(product, 'hasvariant').flatMap((variant) => offersOf(variant, rules));
}

/** What an item of the page says of the product that it is. */
export function productClaims(
  source: string,
  product: Thing,
  base: string,
  hints: PageHints,
  rules: PriceTextRules,
): Claims {
  const variant = variantOf(product, hints);
  const offers = variant === null ? [] : offersOf(variant, rules);
  const all = offers.length > 0 ? offers : offersOfGroup(product, rules);
  const { offers: chosen, rivals } = chooseOffers(all, hints, {
    isOrdered: source === 'json-ld',
    currency: rules.currency,
  });
  const things = variant === null ? [product] : [variant, product];
  const text = (...names: readonly string[]): string | null =>
    things.map((thing) => firstText(thing, ...names)).find((one) => one !== null) ?? null;
  const sellers = new Set(chosen.map(({ seller }) => seller).filter((seller) => seller !== null));
  return {
    ...noClaims(source),
    title: text('name'),
    price: chosen.find(({ price }) => price !== null)?.price ?? null,
    rivals,
    oldPrice: chosen.find(({ oldPrice }) => oldPrice !== null)?.oldPrice ?? null,
    currency: all.find(({ currency }) => currency !== null)?.currency ?? null,
    image: things.map((thing) => imageOf(thing, base)).find((image) => image !== null) ?? null,
    availability: availabilityOf(chosen.length > 0 ? chosen : all),
    gtin: gtinOf([...things, ...chosen.map(({ thing }) => thing)]),
    sku:
      text('sku', 'productid') ??
      chosen.map(({ thing }) => firstText(thing, 'sku')).find((one) => one !== null) ??
      null,
    seller: sellers.size === 1 ? ([...sellers][0] ?? null) : null,
    condition:
      chosen.find(({ condition }) => condition !== null)?.condition ?? readCondition(text('itemcondition') ?? ''),
    size: text('size'),
  };
}
