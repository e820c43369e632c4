import { type CodeMeanings, userErrorCodes } from '@gastronom/shared/user-error-codes';

/** Why a row was rejected: for machines, with what each means. */
export const offerRowCodes = {
  MISSING_SKU: 'the row has no code of the supplier’s',
  MISSING_NAME: 'the offer is new and has no name',
  TOO_LONG: 'a text is longer than may be',
  BAD_GTIN: 'the GTIN has other than 8, 12, 13 or 14 digits, or a wrong check digit',
  OUT_OF_RANGE: 'a number is below or above what it may be, or has too many decimals',
  INVALID_NUMBER: 'what should be a number is none',
  BAD_VALUE: 'what stands in a cell is none of the words known there',
  BAD_URL: 'the address of the picture is not one of http or https',
  BAD_VALIDITY: 'a price ends before it begins, or two are for the same quantity and moment',
  BAD_CURRENCY: 'the prices are in another currency than the supplier’s',
  UNKNOWN_PRODUCT: 'the catalogue knows no such goods',
  DUPLICATE_IN_BATCH: 'an earlier row of the batch has the same code',
  UNREADABLE: 'the row of a file could not be read',
} satisfies CodeMeanings;
export type OfferRowCode = keyof typeof offerRowCodes;

/** What is wrong with one row. */
export interface OfferRowError {
  readonly code: OfferRowCode;
  /** The input field, as `packSize`; null when the whole row is meant. */
  readonly field: string | null;
  readonly message: string;
}

export const rowError = (code: OfferRowCode, field: string | null, message: string): OfferRowError => ({
  code,
  field,
  message,
});

export const upsertError = userErrorCodes({
  NOT_FOUND: 'there is no such supplier, or it is not the caller’s to sell for',
  HOUSE: 'the shop’s own offers are its goods: they are synced from 1C',
});
