import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const storeTestError = userErrorCodes({
  NOT_FOUND: 'there is no such store, or it is not the caller’s',
  URL_MISSING: 'neither the input nor the store names a page to try',
  BAD_URL: 'the address is not one of http or https',
  BAD_LOCALE: 'the locale is none, as en-US or de',
  BAD_CURRENCY: 'the currency is no ISO 4217 code',
  BAD_SELECTOR: 'a selector cannot be read; the message says why',
  OUT_OF_RANGE: 'a number is below or above what it may be',
  TOO_MANY: 'there are more selectors than may be',
});
