import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const quickAddError = userErrorCodes({
  INVALID_URL: 'the address is not one of a page on http or https, is too long, or has a password in it',
  BLOCKED_ADDRESS: 'the address leads to one that is not of the public internet',
  NO_PRICE: 'the page was read, but says no price, or not in which currency',
  GONE: 'the store has the page no more',
  BLOCKED: 'the store did not let us read the page',
  FETCH_ERROR: 'the store did not answer, or with something that is no page, or its turn did not come in time',
  BAD_NAME: 'the name is empty or too long',
  BAD_CURRENCY: 'the currency of the target price is no ISO 4217 code',
  OUT_OF_RANGE: 'the target price is not above 0, or has too many decimals',
  TOO_MANY: 'there are more products than may be',
});
