import { Decimal } from 'decimal.js';

/** Currencies that Stripe counts whole: docs.stripe.com/currencies, “zero-decimal”. */
const withoutDecimals = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const withThreeDecimals = new Set('BHD JOD KWD OMR TND'.split(' '));
/** Counted with two decimals that have to be zeros, as they had some once. */
const withTwoZeros = new Set('ISK UGX'.split(' '));

const decimalsOf = (currency: string): number =>
  withoutDecimals.has(currency) ? 0 : withThreeDecimals.has(currency) ? 3 : 2;

/** What Stripe's amounts of a currency are multiples of: the last of three decimals has to be a zero. */
const stepOf = (currency: string): number =>
  withThreeDecimals.has(currency) ? 10 : withTwoZeros.has(currency) ? 100 : 1;

/** To the next amount that can be charged, half-up. */
const rounded = (units: Decimal, currency: string): bigint => {
  const step = stepOf(currency);
  return BigInt(units.div(step).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).times(step).toFixed(0));
};

/** An amount of money as Stripe counts it. */
export const toUnits = (amount: string, currency: string): bigint =>
  rounded(new Decimal(amount).times(new Decimal(10).pow(decimalsOf(currency))), currency);

/** Whether an amount can be paid to the last digit. */
export const isPayable = (amount: string, currency: string): boolean => {
  const units = new Decimal(amount).times(new Decimal(10).pow(decimalsOf(currency)));
  return units.equals(rounded(units, currency).toString());
};

/** And as people and the graph write it. */
export const fromUnits = (units: bigint | string, currency: string): string => {
  const decimals = decimalsOf(currency);
  return new Decimal(units.toString()).div(new Decimal(10).pow(decimals)).toFixed(decimals);
};

/** Some per cent of an amount. */
export const percentOf = (units: bigint, percent: string, currency: string): bigint =>
  rounded(new Decimal(units.toString()).times(percent).div(100), currency);

/** Stripe's JSON numbers: its amounts have at most 12 digits. */
export const toNumber = (units: bigint | string): number => {
  const number = Number(units);
  if (!Number.isSafeInteger(number)) throw new RangeError(`an amount of ${units} cannot be charged`);
  return number;
};

export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
