import type { Money } from '@gastronom/shared/money.type';
import { Decimal } from 'decimal.js';

// A formatter takes longer to make than a page of prices to write.
const minorUnits = new Map<string, number>();

function minorUnitOf(currency: string): number {
  const known = minorUnits.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  minorUnits.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}

/** To the currency's minor unit, half up. */
export function roundedMoney(amount: Decimal, currencyCode: string): Money {
  const decimals = minorUnitOf(currencyCode);
  return { amount: amount.toDecimalPlaces(decimals).toFixed(decimals), currencyCode };
}

/** With as many decimals as it needs, at least the currency's own. */
export function moneyOf(amount: Decimal.Value, currencyCode: string): Money {
  const exact = new Decimal(amount);
  return { amount: exact.toFixed(Math.max(minorUnitOf(currencyCode), exact.decimalPlaces())), currencyCode };
}
