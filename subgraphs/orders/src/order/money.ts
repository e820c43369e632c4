import type { Money } from '@gastronom/shared/money.type';
import { Decimal } from 'decimal.js';

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

/** A stored amount with as many decimals as it needs, at least the currency's own. */
export function moneyOf(amount: string, currencyCode: string): Money {
  const exact = new Decimal(amount);
  return { amount: exact.toFixed(Math.max(minorUnit(currencyCode), exact.decimalPlaces())), currencyCode };
}

/** A quantity without zeros that say nothing: `2`, `1.25`. */
export const plainQuantity = (quantity: string): string => new Decimal(quantity).toFixed();
