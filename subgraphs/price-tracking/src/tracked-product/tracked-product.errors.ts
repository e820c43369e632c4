import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const trackedProductError = userErrorCodes({
  NOT_FOUND: 'there is no such tracked product of the caller’s',
  BAD_NAME: 'the name is empty or too long',
  TOO_LONG: 'a text is longer than may be',
  BAD_GTIN: 'the barcode has not 8, 12, 13 or 14 digits, or its check digit is wrong',
  BAD_URL: 'the address of the image is not one of http or https',
  BAD_CURRENCY: 'the currency is no ISO 4217 code',
  OUT_OF_RANGE: 'a number is below or above what it may be, or has too many decimals',
  CONTENT_INCOMPLETE: 'an amount needs its unit, and a unit its amount',
  BAD_TAG: 'a tag is empty or too long',
  TOO_MANY: 'there are more products or tags than may be',
});
