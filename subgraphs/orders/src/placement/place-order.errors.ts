import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const placeOrderError = userErrorCodes(
  {
    BAD_KEY: 'An idempotency key has 1 to 200 characters, all of them text.',
    BAD_TEXT: 'A note has at most 1,000 characters, all of them text.',
    NOT_PLACEABLE: 'Something keeps the cart from being ordered: `findings` says what.',
    TOTAL_MOVED: 'The order would come to another total than the expected one. Nothing was ordered.',
    PAYMENTS_OFF: 'Cards cannot be charged here: order on invoice.',
    NOT_RESERVED: 'Nothing of the order could be reserved, or not all of it where all was wanted: `refusedLines`.',
  },
  'What is wrong; then nothing is ordered',
);
