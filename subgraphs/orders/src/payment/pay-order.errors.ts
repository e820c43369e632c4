import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const payOrderError = userErrorCodes({
  NOT_FOUND: 'there is no such order of the buyer’s',
  ENDED: 'the order waits for no payment',
  PAYMENTS_OFF: 'cards cannot be charged here',
  NOT_PAYABLE: 'Stripe takes no such amount',
});
