import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const cartError = userErrorCodes({
  BAD_QUANTITY: 'A quantity is above 0 and has at most 3 decimals.',
  BAD_TEXT: 'A note has at most 1,000 characters, all of them text.',
  TOO_MANY_LINES: 'A cart has at most 500 lines.',
  UNKNOWN_OFFER: 'There is no such offer.',
  NOT_FOR_THIS_BUYER: 'The offer is not for whom the person shops.',
  NOT_AVAILABLE: 'The offer cannot be ordered at the moment.',
  NO_PRICE: 'The offer has no price for this buyer.',
  NOT_FOUND: 'The cart has no such line, or nothing of this supplier.',
  CHANGED_MEANWHILE: 'Somebody else changed it since it was read: look at it again.',
  DELIVERY_DAY_IMPOSSIBLE: 'The supplier does not deliver at that time, or its cut-off has passed.',
});
