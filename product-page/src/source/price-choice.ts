import type { Claims } from '../claims.ts';
import type { Price } from '../value/structured-price.ts';

/** A value, and the source that said it. */
interface Said {
  readonly value: string;
  readonly by: Claims;
}

export interface PriceChoice {
  readonly price: Said | null;
  readonly oldPrice: Said | null;
  readonly currency: Said | null;
}

/** The first source with a price; of one that says several, the price that another source says as well. */
function firstPrice(claims: readonly Claims[]): { readonly price: Price; readonly by: Claims } | null {
  for (const by of claims) {
    const said = claims.flatMap((other) => (other === by || other.price === null ? [] : other.price.amount));
    const price = by.rivals.find(({ amount }) => said.includes(amount)) ?? by.price;
    if (price) return { price, by };
  }
  return null;
}

const isMore = (one: string, other: string): boolean => Number(one) > Number(other);

/** Of the source of the price, or of one that says the same price or none. */
function oldPriceOf(claims: readonly Claims[], price: Price, by: Claims): Said | null {
  const agreeing = claims.filter((one) => one === by || one.price === null || one.price.amount === price.amount);
  for (const one of agreeing) {
    const old = one.oldPrice;
    const isSameMoney =
      old !== null && (old.currency === price.currency || old.currency === null || price.currency === null);
    if (isSameMoney && isMore(old.amount, price.amount)) return { value: old.amount, by: one };
  }
  return null;
}

/** Price, old price and currency of sources in their order: a currency goes with its price. */
export function choosePrice(claims: readonly Claims[], storeCurrency: string | undefined): PriceChoice {
  const first = firstPrice(claims);
  const currencyBy = claims.find(({ currency }) => currency !== null);
  const other = currencyBy?.currency ? { value: currencyBy.currency, by: currencyBy } : null;
  if (first === null) return { price: null, oldPrice: null, currency: other };
  const { price, by } = first;
  const own = price.currency !== null && price.currency !== storeCurrency ? { value: price.currency, by } : null;
  return {
    price: { value: price.amount, by },
    oldPrice: oldPriceOf(claims, price, by),
    currency: own ?? other ?? (price.currency === null ? null : { value: price.currency, by }),
  };
}
