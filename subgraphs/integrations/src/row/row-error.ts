/** Why a row was rejected, for machines. */
export type RowErrorCode =
  | 'MISSING_IDENTITY'
  | 'MISSING_NAME'
  | 'INVALID_NUMBER'
  | 'NEGATIVE_PRICE'
  | 'OUT_OF_RANGE'
  | 'INVALID_CURRENCY'
  | 'INVALID_URL'
  | 'UNKNOWN_IMAGE'
  | 'TOO_LONG'
  | 'AMBIGUOUS_BARCODE'
  | 'DUPLICATE_IN_BATCH'
  | 'UNKNOWN_WAREHOUSE'
  | 'UNREADABLE'
  | 'NOT_APPLIED';

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
