import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const catalogueLinkError = userErrorCodes({
  NOT_FOUND: 'there is no such tracked product of the caller’s',
  UNKNOWN_SKU: 'the catalogue has no goods with the SKU',
  NO_SUGGESTION: 'nothing is suggested: say the SKU',
  NOT_LINKED: 'there is neither a link nor a suggestion to take away',
});
