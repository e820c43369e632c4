import { isStorable } from '@gastronom/shared/storable-text';
import { Decimal } from 'decimal.js';
import { refuse } from './refusal.ts';

/** Packs as they are ordered: at most 3 decimals, not negative. */
export function readQuantity(text: string, field: readonly string[], code: 'BAD_QUANTITY' | 'BAD_WEIGHT'): Decimal {
  const quantity = new Decimal(text);
  if (quantity.isNegative() || quantity.decimalPlaces() > 3 || quantity.greaterThan(99_999_999_999))
    throw refuse(code, field, `${text} is not 0 or more with at most 3 decimals.`);
  return quantity;
}

/** Nothing, for a quantity that is not known yet. */
export const quantityOf = (text: string | null): Decimal => new Decimal(text ?? 0);

const longest = 500;

/** A text of the caller, trimmed; null for none. */
export function readText(text: string | null | undefined, field: readonly string[], most = longest): string | null {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return null;
  if (trimmed.length > most || !isStorable(trimmed))
    throw refuse('BAD_TEXT', field, `A text has at most ${most} characters, all of them text.`);
  return trimmed;
}

export function readReason(text: string | null | undefined): string {
  const reason = readText(text, ['reason']);
  if (reason === null) throw refuse('REASON_MISSING', ['reason'], 'Say why: the other side is told.');
  return reason;
}
