import { type Claims, noClaims } from '../claims.ts';
import { absoluteUrl } from '../document/page-document.ts';
import type { PriceTextRules } from '../price-text/price-kind.ts';
import type { AvailabilityName } from '../reading.ts';
import { readCondition } from '../value/condition.ts';
import { readGtin } from '../value/gtin.ts';
import { plainText } from '../value/plain-text.ts';
import type { Price } from '../value/structured-price.ts';
import { isAtAddress } from './main-product.ts';
import { type Offer, offersOf } from './offer.ts';
import type { PageHints } from './page-hints.ts';
import { type Thing, textsOf, thingsOf } from './thing.ts';

/** What is chosen of a product's offers: those that the product is sold by here, and what remains unclear. */
interface Choice {
  readonly offers: readonly Offer[];
  readonly rivals: readonly Price[];
}

const isBuyable = ({ availability }: Offer): boolean =>
  availability === null || availability === 'IN_STOCK' || availability === 'PRE_ORDER';

const amountsOf = (offers: readonly Offer[]): Set<string> =>
  new Set(offers.flatMap(({ price }) => (price === null ? [] : [`${price.amount} ${price.currency}`])));

/**
 * Offers that differ in price are told apart by the page's address, then by what can be bought, then by what is new.
 * An aggregate's own lowest price stands for them, since the page names it itself. Of those that are left the first of a
 * list is the one that the page shows; in a text prices stand wherever they are printed, old ones too.
 */
function chooseOffers(offers: readonly Offer[], hints: PageHints, isOrdered: boolean): Choice {
  const single = offers.filter((offer) => !offer.isAggregate);
  const aggregate = offers.find((offer) => offer.isAggregate);
  const isNamed = ({ thing }: Offer): boolean => isAtAddress(thing, hints);
  const isElsewhere = (offer: Offer): boolean => textsOf(offer.thing, 'url').length > 0 && !isNamed(offer);
  const hasNamed = single.some((offer) => textsOf(offer.thing, 'url').length > 0 && isNamed(offer));
  let left = hasNamed ? single.filter((offer) => !isElsewhere(offer)) : single;
  for (const fits of [isBuyable, ({ condition }: Offer) => condition === 'NEW']) {
    if (amountsOf(left).size <= 1) break;
    const kept = left.filter(fits);
    if (amountsOf(kept).size > 0) left = kept;
  }
  if (amountsOf(left).size === 1 && (hasNamed || aggregate === undefined)) return { offers: left, rivals: [] };
  if (aggregate?.price)
    return {
      offers: [aggregate, ...left.filter(({ price }) => price?.amount === aggregate.price?.amount)],
      rivals: [],
    };
  if (amountsOf(left).size <= 1) return { offers: left, rivals: [] };
  const rivals = left.flatMap(({ price }) => price ?? []);
  return { offers: isOrdered ? left.filter(({ price }) => price?.amount === rivals[0]?.amount) : [], rivals };
}

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
  const named = variants.filter((variant) => isAtAddress(variant, hints));
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
  const { offers: chosen, rivals } = chooseOffers(all, hints, source === 'json-ld');
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
