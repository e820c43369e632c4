import type { UserError } from '@gastronom/shared/user-error.type';
import { Decimal } from 'decimal.js';
import { offerError } from '../offer/offer.errors.ts';
import type { OfferPriceInput } from './offer-price.inputs.ts';

const mostPrices = 500;
const mostAmount = '9999999999.9999';
const mostQuantity = '99999999999.999';

const isWithin = (text: string, most: string, places: number): boolean => {
  const value = new Decimal(text);
  return value.gte(0) && value.lte(most) && value.decimalPlaces() <= places;
};

/** What two prices of one offer may not have in common. */
const placeOf = ({ groupId, organizationId, fromQuantity, validFrom }: OfferPriceInput): string =>
  [groupId?.toLowerCase(), organizationId?.toLowerCase(), new Decimal(fromQuantity ?? 0), validFrom?.getTime()].join(
    ' ',
  );

function problemsOf(price: OfferPriceInput, index: number, isSecond: boolean): UserError[] {
  const path = (field: string) => ['input', 'prices', String(index), field];
  const { groupId, organizationId, fromQuantity, amount, validFrom, validUntil } = price;
  const problems: UserError[] = [];
  if (groupId && organizationId)
    problems.push(offerError('BAD_SCOPE', path('groupId'), 'A price is for a group or for a customer, not for both.'));
  if (!isWithin(amount, mostAmount, 4))
    problems.push(offerError('OUT_OF_RANGE', path('amount'), `It takes 0 to ${mostAmount}, with at most 4 decimals.`));
  if (!isWithin(fromQuantity ?? '0', mostQuantity, 3))
    problems.push(offerError('OUT_OF_RANGE', path('fromQuantity'), `It takes 0 to ${mostQuantity}, with 3 decimals.`));
  if (validFrom && validUntil && validFrom >= validUntil)
    problems.push(offerError('BAD_VALIDITY', path('validUntil'), 'A price ends after it begins.'));
  if (isSecond) problems.push(offerError('DUPLICATE', path('fromQuantity'), 'An earlier price says this already.'));
  return problems;
}

/** What is wrong with prices, each by itself and beside the others. */
export function pricesProblems(prices: readonly OfferPriceInput[]): UserError[] {
  if (prices.length > mostPrices)
    return [offerError('TOO_MANY', ['input', 'prices'], `There are at most ${mostPrices}.`)];
  const seen = new Set<string>();
  return prices.flatMap((price, index) => {
    const place = placeOf(price);
    const problems = problemsOf(price, index, seen.has(place));
    seen.add(place);
    return problems;
  });
}
