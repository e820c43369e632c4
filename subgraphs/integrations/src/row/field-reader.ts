import { parseDecimal, roundDecimal, wholeDigits } from '@gastronom/shared/printed-decimal';
import { quote, type RowError, type RowErrorCode, rowError } from './row-error.ts';
import { cleanBarcode, cleanText, type TextRule } from './text.ts';

export interface LengthRule extends TextRule {
  readonly longest: number;
}

export interface NumberRule {
  /** Digits kept behind the point. */
  readonly scale: number;
  /** Digits allowed before it. */
  readonly whole: number;
  readonly mayBeNegative?: boolean;
}

/** Counts and weights are mostly small whole numbers: they need no parsing. */
const smallInteger = 1_000_000;
const zeros = ['', '0', '00', '000'];

/** The identifiers of goods: 1C's code, or its `guid#guid` (73 characters) for a characteristic, and what the label says. */
const identity: LengthRule = { kind: 'code', longest: 128 };

/**
 * Reads the fields of one row and gathers what is wrong with them. What is left out stays undefined; null and blank are
 * null: what 1C prints for no value is an empty string.
 */
export class FieldReader {
  readonly errors: RowError[] = [];

  fail(code: RowErrorCode, field: string | null, message: string): void {
    this.errors.push(rowError(code, field, message));
  }

  /** Whether something was found wrong with a field. */
  failed(field: string): boolean {
    return this.errors.some((error) => error.field === field);
  }

  text(field: string, raw: string | null | undefined, rule: LengthRule): string | null | undefined {
    if (raw === undefined || raw === null) return raw;
    return this.#measured(field, cleanText(raw, rule), rule.longest);
  }

  sku(raw: string | null | undefined): string | null {
    return this.text('sku', raw, identity) ?? null;
  }

  barcode(raw: string | null | undefined): string | null | undefined {
    if (raw === undefined || raw === null) return raw;
    return this.#measured('barcode', cleanBarcode(raw), identity.longest);
  }

  decimal(field: string, raw: unknown, rule: NumberRule): string | null | undefined {
    if (raw === undefined || raw === null) return raw;
    if (Number.isInteger(raw) && (raw as number) >= 0 && (raw as number) < smallInteger)
      return `${raw}.${zeros[rule.scale]}`;
    if (typeof raw === 'string' && raw.trim() === '') return null;
    const digits = parseDecimal(raw);
    if (!digits) {
      this.fail('INVALID_NUMBER', field, `${quote(raw)} is no number. Send it as 1234.50 or "1 234,50".`);
      return null;
    }
    const value = roundDecimal(digits, rule.scale);
    if (wholeDigits(value) > rule.whole) {
      this.fail('OUT_OF_RANGE', field, `${quote(raw)} is too large: at most ${rule.whole} digits before the point.`);
      return null;
    }
    if (value.startsWith('-') && !rule.mayBeNegative) {
      this.fail('OUT_OF_RANGE', field, `${quote(raw)} is below zero.`);
      return null;
    }
    return value;
  }

  #measured(field: string, text: string, longest: number): string | null {
    if (text.length <= longest) return text === '' ? null : text;
    this.fail('TOO_LONG', field, `${text.length} characters, ${longest} at most: ${quote(text)}.`);
    return null;
  }
}
