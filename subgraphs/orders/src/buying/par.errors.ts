import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const parError = userErrorCodes({
  BAD_QUANTITY: 'A quantity is 0 or more, at most 1,000,000, with at most 3 decimals.',
  UNKNOWN_OFFER: 'There is no such offer, or it is not for this buyer.',
  TOO_MANY_LINES: 'A call takes at most 500 lines, and a buyer has at most 5,000 par levels.',
  NO_PAR: 'No par level is set for this offer.',
  NOT_FOUND: 'The buyer has no such order.',
});
