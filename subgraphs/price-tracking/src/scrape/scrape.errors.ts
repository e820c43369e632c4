import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const scrapeError = userErrorCodes({
  INVALID_URL: 'the address is not one of a page on http or https, is too long, or has a password in it',
  BLOCKED_ADDRESS: 'the address leads to one that is not of the public internet',
  OUT_OF_RANGE: 'fewer pages than 1 are to be read, or more than 20',
  TOO_MANY: 'more lists of the caller’s are being read than may be',
});
