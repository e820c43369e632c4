import type { Price } from '../value/structured-price.ts';
import type { Offer } from './offer.ts';
import { isElsewhere, isNamedByPage } from './page-address.ts';
import type { PageHints } from './page-hints.ts';

/** What is chosen of a product's offers: those that the product is sold by here, and prices that it may be as well. */
export interface OfferChoice {
  readonly offers: readonly Offer[];
  readonly rivals: readonly Price[];
}

export interface ChoiceRules {
  /** The source lists offers in an order that means something. */
  readonly isOrdered: boolean;
  /** The store's. */
  readonly currency: string | undefined;
}

const isBuyable = ({ availability }: Offer): boolean =>
  availability === null || availability === 'IN_STOCK' || availability === 'PRE_ORDER';

const priceKey = (price: Price | null): string => (price === null ? '' : `${price.amount} ${price.currency}`);

const countPrices = (offers: readonly Offer[]): number =>
  new Set(offers.flatMap(({ price }) => (price === null ? [] : priceKey(price)))).size;

/** Offers at other addresses than the page's are of other variants, where one is at the page's own. */
function offersHere(
  offers: readonly Offer[],
  hints: PageHints,
): { readonly here: readonly Offer[]; readonly isNamed: boolean } {
  const isNamed = offers.some(({ thing }) => isNamedByPage(thing, hints));
  return { here: isNamed ? offers.filter(({ thing }) => !isElsewhere(thing, hints)) : offers, isNamed };
}

/**
 * Offers that differ in price are told apart by the page's address, then by what can be bought, by what is new, and by the
 * store's currency. An aggregate's own lowest price stands for them, since the page names it itself. Of those that are left
 * the first of a list is the one that the page shows; in a text prices stand wherever they are printed, old ones too.
 */
export function chooseOffers(
  offers: readonly Offer[],
  hints: PageHints,
  { isOrdered, currency }: ChoiceRules,
): OfferChoice {
  const aggregate = offers.find(({ isAggregate }) => isAggregate);
  const { here, isNamed } = offersHere(
    offers.filter((offer) => !offer.isAggregate),
    hints,
  );
  let left = here;
  for (const fits of [
    isBuyable,
    ({ condition }: Offer) => condition === 'NEW',
    ({ price }: Offer) => price?.currency === currency,
  ]) {
    const kept = countPrices(left) > 1 ? left.filter(fits) : left;
    if (countPrices(kept) > 0) left = kept;
  }
  const ofPrice = (price: Price | null): Offer[] => left.filter((offer) => priceKey(offer.price) === priceKey(price));
  if (aggregate?.price && !(isNamed && countPrices(left) === 1)) {
    return { offers: [aggregate, ...ofPrice(aggregate.price)], rivals: [] };
  }
  if (countPrices(left) <= 1) return { offers: left, rivals: [] };
  const rivals = left.flatMap(({ price }) => price ?? []);
  return { offers: isOrdered ? ofPrice(rivals[0] ?? null) : [], rivals };
}
