import { isCurrency } from '@gastronom/shared/money';
import type { UserError } from '@gastronom/shared/user-error.type';
import { Decimal } from 'decimal.js';
import type { PriceAlertKindName } from './price-alert.entity.ts';
import { priceAlertError } from './price-alert.errors.ts';
import type { PriceAlertValues } from './price-alert.repository.ts';

/** Of one product. */
export const mostAlerts = 20;
export const longestSnoozeMs = 3_660 * 86_400_000;

type Checked = PriceAlertValues & { readonly kind: PriceAlertKindName };
type Code = Parameters<typeof priceAlertError>[0];

const isWithin = (text: string, decimals: number, most: string): boolean => {
  const value = new Decimal(text);
  return value.gt(0) && value.lte(most) && value.decimalPlaces() <= decimals;
};

const problem = (code: Code, field: string, message: string): UserError[] => [
  priceAlertError(code, ['input', field], message),
];

function targetProblems({ kind, targetPrice, targetCurrency }: Checked): UserError[] {
  if (targetPrice === null || targetCurrency === null) return [];
  if (kind !== 'BELOW_TARGET') return problem('NOT_FOR_KIND', 'targetPrice', 'Only BELOW_TARGET has a target.');
  if (!isCurrency(targetCurrency))
    return problem('BAD_CURRENCY', 'targetPrice', 'A currency is an ISO 4217 code, as SEK.');
  if (!isWithin(targetPrice, 4, '99999999999999'))
    return problem('OUT_OF_RANGE', 'targetPrice', 'A target is above 0, with at most 4 decimals.');
  return [];
}

function percentProblems({ kind, percent }: Checked): UserError[] {
  if (kind !== 'DROP_PERCENT')
    return percent === null ? [] : problem('NOT_FOR_KIND', 'dropPercent', 'Only DROP_PERCENT has a percentage.');
  if (percent === null) return problem('REQUIRED', 'dropPercent', 'DROP_PERCENT needs a percentage.');
  if (isWithin(percent, 2, '100')) return [];
  return problem('OUT_OF_RANGE', 'dropPercent', 'A percentage is above 0 and at most 100, with at most 2 decimals.');
}

function dayProblems({ kind, days }: Checked): UserError[] {
  if (days === null)
    return kind === 'LOWEST_IN_DAYS' ? problem('REQUIRED', 'days', 'LOWEST_IN_DAYS needs its number of days.') : [];
  if (kind !== 'LOWEST_IN_DAYS' && kind !== 'DROP_PERCENT')
    return problem('NOT_FOR_KIND', 'days', 'Only LOWEST_IN_DAYS and DROP_PERCENT look back.');
  return days >= 1 && days <= 365 ? [] : problem('OUT_OF_RANGE', 'days', 'It looks back 1 to 365 days.');
}

/** What is wrong with an alert as it would be. */
export const problemsOf = (alert: Checked): UserError[] => [
  ...targetProblems(alert),
  ...percentProblems(alert),
  ...dayProblems(alert),
];
