import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const supplierError = userErrorCodes({
  NOT_FOUND: 'there is no such supplier, or it is not the caller’s to change',
  NOT_A_SUPPLIER: 'the organization is not one of the type SUPPLIER, or there is none',
  ALREADY_REGISTERED: 'the organization is a supplier already',
  BAD_NAME: 'the name is empty or too long',
  TOO_LONG: 'a text is longer than may be',
  BAD_CURRENCY: 'the currency is no ISO 4217 code',
  CURRENCY_IN_USE: 'there are prices in the currency of now',
  UNKNOWN_TIME_ZONE: 'the time zone is no IANA name',
  BAD_TIME: 'a time of day is not like 08:30',
  BAD_DATE: 'a date is not like 2026-12-24',
  BAD_WINDOW: 'a delivery window ends before it begins, meets another or has no times',
  OUT_OF_RANGE: 'a number is below or above what it may be',
  BAD_URL: 'the address is not one of http or https',
  BAD_EMAIL: 'the e-mail address is none',
  FEE_MISSING: 'a free threshold needs a fee',
  TOO_MANY: 'there are more windows or exceptions than may be',
});
