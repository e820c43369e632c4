import { decimalsOf } from '../price-text/currency-facts.ts';
import { isAskedPrice, type PriceText, type PriceTextRules } from '../price-text/price-kind.ts';
import { readPriceText } from '../price-text/read-price-text.ts';

/** A sum as it was understood. */
export interface Price {
  /** Decimal string in the main unit, without zeros that say nothing: `26`, `49.10`. */
  readonly amount: string;
  /** ISO 4217; null where nobody says. */
  readonly currency: string | null;
}

/** More digits than any price has in any currency. */
const maxDigits = 12;

/** One writing for one sum; null where it has more digits than prices have, or a part of the least coin of its currency. */
function canonical(whole: string, fraction: string, currency: string | null): string | null {
  const decimals = currency === null ? 2 : decimalsOf(currency);
  const digits = whole.replace(/^0+(?=\d)/, '');
  const kept = fraction.replace(/0+$/, '');
  if (digits.length > maxDigits || kept.length > maxDigits || (decimals === 0 && kept !== '')) return null;
  return kept === '' ? digits : `${digits}.${kept.padEnd(decimals, '0')}`;
}

/** A price text's sum as a price of the product; null where it is none. */
export function askedPrice(text: PriceText | null): Price | null {
  if (text === null || !isAskedPrice(text.kind)) return null;
  const [whole = '', fraction = ''] = text.amount.split('.');
  const amount = canonical(whole, fraction, text.currency);
  return amount === null ? null : { amount, currency: text.currency };
}

/** 41.300000000000004 is what adding up in floating point leaves of 41.3. */
function withoutNoise(text: string): string {
  const rounded = Number(text).toFixed(3);
  return /\.\d{9,}$/.test(text) && Math.abs(Number(text) - Number(rounded)) < 1e-8 ? rounded.replace(/0+$/, '') : text;
}

/** Undefined for a text that is no plain number. */
function plainNumber(text: string, currency: string | null): string | null | undefined {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d*))?$/.exec(withoutNoise(text)) ?? [];
  if (whole === undefined) return undefined;
  const decimals = currency === null ? 2 : decimalsOf(currency);
  if (fraction.length !== 3 || decimals === 3) return canonical(whole, fraction, currency);
  // Three decimals are thousands where the currency has none, and either where it has two: then nobody knows.
  if (decimals === 0 && whole.length <= 3) return canonical(`${whole}${fraction}`, '', currency);
  return fraction === '000' && whole.length > 3 ? canonical(whole, '', currency) : null;
}

/**
 * The price of a property that a machine is meant to read: a decimal number by the standards, any price text in practice.
 * Null where it is none, unclear, or 0, which shops fill in for goods that they do not sell.
 */
export function readStructuredPrice(text: string, rules: PriceTextRules): Price | null {
  const trimmed = text.trim();
  const currency = rules.currency ?? null;
  const plain = plainNumber(trimmed, currency);
  if (plain === undefined) return trimmed.length > 200 ? null : askedPrice(readPriceText(trimmed, rules));
  return plain !== null && /[1-9]/.test(plain) ? { amount: plain, currency } : null;
}
