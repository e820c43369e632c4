import { Decimal } from 'decimal.js';
import type { Money } from './money.type.ts';

/** ISO 4217’s code for an amount whose currency nobody said. */
export const noCurrency = 'XXX';

// Some builds of ICU name what is no currency among them, and the code for tests.
const currencies = new Set(Intl.supportedValuesOf('currency').filter((code) => code !== noCurrency && code !== 'XTS'));

/** Whether an amount can be in it: a currency’s ISO 4217 code, in capitals. */
export const isCurrency = (code: string): boolean => currencies.has(code);

// A formatter takes longer to make than a page of prices to write.
const minorUnits = new Map<string, number>();

/** How many decimals the currency's smallest unit has, as ISO 4217 says: 2 for most, 0 for JPY. */
export function minorUnit(currency: string): number {
  const known = minorUnits.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  minorUnits.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}

/** An amount as people pay it: half-up to the smallest unit. */
export const toMinorUnit = (amount: Decimal, currency: string): Decimal =>
  amount.toDecimalPlaces(minorUnit(currency), Decimal.ROUND_HALF_UP);

/** With as many decimals as it needs, at least the currency's own. */
export function moneyOf(amount: Decimal.Value, currencyCode: string): Money {
  const exact = new Decimal(amount);
  return { amount: exact.toFixed(Math.max(minorUnit(currencyCode), exact.decimalPlaces())), currencyCode };
}
