import type { Money } from '@gastronom/shared/money.type';
import { Decimal } from 'decimal.js';

function minorUnitOf(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
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
