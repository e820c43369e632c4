import type { Money } from '@gastronom/shared/money.type';
import type { Decimal } from 'decimal.js';

/** To the currency's minor unit, half up. */
export function roundedMoney(amount: Decimal, currencyCode: string): Money {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: currencyCode,
  }).resolvedOptions();
  return { amount: amount.toDecimalPlaces(maximumFractionDigits).toFixed(maximumFractionDigits), currencyCode };
}
