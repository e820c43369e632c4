import type { PriceTextRules } from '../price-text/price-kind.ts';
import type { AvailabilityName, ConditionName } from '../reading.ts';
import { readAvailabilityWords } from '../value/availability-words.ts';
import { readCondition } from '../value/condition.ts';
import { currencyCode } from '../value/currency-code.ts';
import { plainText } from '../value/plain-text.ts';
import { type Price, readStructuredPrice } from '../value/structured-price.ts';
import { isOfType, localName, type Thing, termsOf, textsOf, thingsOf } from './thing.ts';

/** An offer as its item of the page says it. */
export interface Offer {
  readonly thing: Thing;
  readonly price: Price | null;
  readonly oldPrice: Price | null;
  readonly currency: string | null;
  readonly availability: AvailabilityName | null;
  readonly condition: ConditionName | null;
  readonly seller: string | null;
  /** It stands for several offers, and the price is their lowest. */
  readonly isAggregate: boolean;
}

const aggregateTypes: ReadonlySet<string> = new Set(['aggregateoffer']);
/** Prices that nobody pays here: a list's, a maker's, one that is struck through, and that of members. */
const listPriceTypes = /^(listprice|srp|msrp|strikethroughprice|regularprice|retailprice|suggestedretailprice)$/;
const otherPriceTypes = /^(invoiceprice|minimumadvertisedprice)$/;

const firstRead = <T>(texts: readonly string[], read: (text: string) => T | null): T | null => {
  for (const text of texts) {
    const value = read(text);
    if (value !== null) return value;
  }
  return null;
};

/** What a person has who buys one piece, once, and is no member. */
function isForAll(specification: Thing): boolean {
  if (
    ['validformembertier', 'referencequantity', 'billingduration', 'billingincrement'].some((name) =>
      specification.properties.has(name),
    )
  ) {
    return false;
  }
  const from = thingsOf(specification, 'eligiblequantity').flatMap((quantity) => textsOf(quantity, 'minvalue'));
  return from.every((text) => !(Number(text) > 1));
}

const priceType = (specification: Thing): string => localName(termsOf(specification, 'pricetype')[0] ?? '');

/** The price of the first of these properties that has any; several values that are not one sum are none. */
function onlyPrice(names: readonly string[], thing: Thing, read: (text: string) => Price | null): Price | null {
  for (const name of names) {
    const [price, ...others] = textsOf(thing, name)
      .map(read)
      .filter((one) => one !== null);
    if (price) return others.every(({ amount }) => amount === price.amount) ? price : null;
  }
  return null;
}

interface Prices {
  readonly price: Price | null;
  readonly oldPrice: Price | null;
  readonly currency: string | null;
}

function pricesOf(thing: Thing, names: readonly string[], currency: string | null, rules: PriceTextRules): Prices {
  const own = firstRead(textsOf(thing, 'pricecurrency', 'currency'), currencyCode) ?? currency;
  const within: PriceTextRules = { locale: rules.locale, currency: own ?? rules.currency };
  const read = (text: string): Price | null => readStructuredPrice(text, within);
  const specifications = thingsOf(thing, 'pricespecification');
  const lists = specifications.filter((one) => listPriceTypes.test(priceType(one)));
  const asked = specifications.filter((one) => !lists.includes(one) && !otherPriceTypes.test(priceType(one)));
  const open = asked.filter(isForAll);
  const specified = (open.length > 0 || asked.length > 1 ? open : asked).map((one) =>
    pricesOf(one, ['price', 'minprice'], own, rules),
  );
  const price = onlyPrice(names, thing, read);
  const old = lists.map((one) => pricesOf(one, ['price'], own, rules).price).find((one) => one !== null) ?? null;
  const found = price ?? specified.find((one) => one.price !== null)?.price ?? null;
  return { price: found, oldPrice: old, currency: own ?? found?.currency ?? null };
}

const nameOf = (thing: Thing): string | null => firstRead(textsOf(thing, 'name', 'legalname'), plainText);

function sellerOf(offer: Thing): string | null {
  const [organization] = [...thingsOf(offer, 'seller'), ...thingsOf(offer, 'offeredby')];
  return (organization && nameOf(organization)) ?? firstRead(textsOf(offer, 'seller', 'offeredby'), plainText);
}

function readOffer(thing: Thing, above: Offer | null, rules: PriceTextRules): Offer {
  const isAggregate = isOfType(thing, aggregateTypes) || thing.properties.has('lowprice');
  // An offer of several has its price in `lowPrice`, and an offer of one has none there.
  const names = isAggregate ? ['lowprice', 'price'] : ['price'];
  return {
    thing,
    ...pricesOf(thing, names, above?.currency ?? null, rules),
    availability: firstRead(termsOf(thing, 'availability'), readAvailabilityWords) ?? above?.availability ?? null,
    condition: firstRead(termsOf(thing, 'itemcondition'), readCondition) ?? above?.condition ?? null,
    seller: sellerOf(thing),
    isAggregate,
  };
}

/** Offers of a product, those within an aggregate after it. */
export function offersOf(product: Thing, rules: PriceTextRules): Offer[] {
  const offers: Offer[] = [];
  for (const thing of thingsOf(product, 'offers')) {
    const offer = readOffer(thing, null, rules);
    offers.push(offer);
    for (const inner of thingsOf(thing, 'offers')) offers.push(readOffer(inner, offer, rules));
  }
  // Not as the vocabulary has it, and often so: the price is the product's own property.
  return offers.length === 0 && product.properties.has('price') ? [readOffer(product, null, rules)] : offers;
}
