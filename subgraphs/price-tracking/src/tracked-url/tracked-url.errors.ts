import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const trackedUrlError = userErrorCodes({
  NOT_FOUND: 'there is no such tracked product or page of the caller’s',
  INVALID_URL: 'the address is not one of a page on http or https, is too long, or has a password in it',
  BLOCKED_ADDRESS: 'the address is not one of the public internet',
  DUPLICATE: 'the caller watches this page already: `trackedUrl` is where',
  TOO_MANY: 'there are more pages than a product may have',
});
