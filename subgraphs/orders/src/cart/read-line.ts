import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import { Decimal } from 'decimal.js';
import { cartError } from './cart.errors.ts';

interface Read<Value> {
  readonly value: Value;
  readonly errors: readonly UserError[];
}

const most = 1_000_000;
const longestNote = 1_000;

/** How many packs: above 0, with at most 3 decimals. */
export function readQuantity(text: string, field: string[]): Read<string> {
  const quantity = new Decimal(text);
  const isGood = quantity.greaterThan(0) && quantity.decimalPlaces() <= 3 && quantity.lessThanOrEqualTo(most);
  const message = `A quantity is above 0, at most ${most}, with at most 3 decimals: ${text} is not.`;
  return { value: quantity.toFixed(), errors: isGood ? [] : [cartError('BAD_QUANTITY', field, message)] };
}

/** What somebody wrote, trimmed; null for nothing. */
export function readNote(text: string | null | undefined, field: string[]): Read<string | null> {
  const value = text?.trim() || null;
  const isGood = value === null || (value.length <= longestNote && isStorable(value));
  const message = `A note has at most ${longestNote} characters, all of them text.`;
  return { value: isGood ? value : null, errors: isGood ? [] : [cartError('BAD_TEXT', field, message)] };
}
