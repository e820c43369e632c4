import { Decimal } from 'decimal.js';
import { type OfferPriceEntity, priceScopes } from './offer-price.entity.ts';

/** A price that is meant for the buyer, as one of all, of a group, or by itself. */
export type CandidatePrice = Pick<
  OfferPriceEntity,
  'id' | 'scope' | 'groupId' | 'fromQuantity' | 'amount' | 'validFrom' | 'validUntil'
>;

const beginning = (price: CandidatePrice): number => price.validFrom?.getTime() ?? Number.NEGATIVE_INFINITY;

const holdsAt = ({ validFrom, validUntil }: CandidatePrice, at: Date): boolean =>
  (validFrom === null || validFrom <= at) && (validUntil === null || at < validUntil);

/** Of two prices for the same people, the better break, then that which began last; ids decide what is left. */
const isCloser = (one: CandidatePrice, other: CandidatePrice): boolean => {
  const breaks = new Decimal(one.fromQuantity).cmp(other.fromQuantity);
  if (breaks !== 0) return breaks > 0;
  if (beginning(one) !== beginning(other)) return beginning(one) > beginning(other);
  return one.id > other.id;
};

/**
 * The price of one pack. Of those that hold at the moment and from a quantity that is reached, the most specific wins: the
 * customer's own, else one of its groups', else the list price. For the same people the break with the largest quantity
 * holds, and of two for one break that which began last. A customer in several groups has the lowest of their prices.
 */
export function choosePrice<Price extends CandidatePrice>(
  candidates: readonly Price[],
  quantity: string | Decimal,
  at: Date,
): Price | null {
  const closest = new Map<string, Price>();
  for (const price of candidates) {
    if (!holdsAt(price, at) || new Decimal(price.fromQuantity).gt(quantity)) continue;
    const people = `${price.scope} ${price.groupId ?? ''}`;
    const rival = closest.get(people);
    if (!rival || isCloser(price, rival)) closest.set(people, price);
  }
  const scope = priceScopes.findLast((one) => [...closest.values()].some((price) => price.scope === one));
  const rivals = [...closest.values()].filter((price) => price.scope === scope);
  return rivals.reduce<Price | null>((best, price) => (!best || isCheaper(price, best) ? price : best), null);
}

const isCheaper = (one: CandidatePrice, other: CandidatePrice): boolean => {
  const amounts = new Decimal(one.amount).cmp(other.amount);
  return amounts === 0 ? one.id > other.id : amounts < 0;
};
