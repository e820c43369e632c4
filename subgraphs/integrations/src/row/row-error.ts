import type { CodeMeanings } from '@gastronom/shared/user-error-codes';

/** Why a row was rejected, or taken without a part of it: for machines, with what each means. */
export const rowErrorCodes = {
  MISSING_IDENTITY: 'the row names nothing that it could be about',
  MISSING_NAME: 'the row has no name and needs one',
  INVALID_NUMBER: 'what should be a number is none',
  NEGATIVE_PRICE: 'the price is below zero',
  OUT_OF_RANGE: 'the number is too large, or below zero where it cannot be',
  INVALID_CURRENCY: 'the currency is no ISO 4217 code, or the price says another',
  INVALID_URL: 'the address of a picture is none',
  UNKNOWN_IMAGE: 'the goods were taken; a picture of ours that they name was not sent yet',
  TOO_LONG: 'a text or a list is longer than may be',
  AMBIGUOUS_BARCODE: 'several goods have the barcode, and no SKU tells which',
  DUPLICATE_IN_BATCH: 'an earlier row of the batch is about the same',
  UNKNOWN_WAREHOUSE: 'there is no such warehouse',
  UNREADABLE: 'the row of a file could not be read',
  NOT_APPLIED: 'the row was in order and was not applied, or its stock was not: send it again',
} satisfies CodeMeanings;
export type RowErrorCode = keyof typeof rowErrorCodes;

/** What is wrong with one row. The owner of the goods may answer codes of its own, so that the code is open. */
export interface RowError {
  readonly code: RowErrorCode | (string & {});
  /** The input field, as `nutrition.fat`; null when the whole row is meant. */
  readonly field: string | null;
  readonly message: string;
}

export const rowError = (code: RowErrorCode, field: string | null, message: string): RowError => ({
  code,
  field,
  message,
});

const longestQuote = 60;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a log or a database
const unprintable = /[\u0000-\u001f\u007f-\u009f]/g;

/** A value as it came, short and fit to stand in a message: PostgreSQL stores neither NUL nor half a surrogate pair. */
export function quote(value: unknown): string {
  const text = (typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value)))
    .toWellFormed()
    .replace(unprintable, '�');
  return text.length > longestQuote ? `${text.slice(0, longestQuote).toWellFormed()}…` : text;
}
