import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const refundError = userErrorCodes({
  NOT_FOUND: 'there is no such order of the supplier’s that was paid by card',
  BAD_KEY: 'an idempotency key has 1 to 200 characters',
  BAD_REASON: 'the reason is empty or too long',
  BAD_AMOUNT: 'either an amount or lines have to be given; an amount is more than nothing, in the currency’s units',
  UNKNOWN_LINE: 'a line is none of this order, or is given twice',
  BAD_QUANTITY: 'a quantity is not more than nothing, or more than was ordered',
  EXCEEDS_PAID: 'it is more than is left of what was paid',
  NOT_PAID: 'the order is not paid',
  DISPUTED: 'the buyer’s bank has the money: wait for the end of the dispute',
});

export const retryRefundError = userErrorCodes({ NOT_FOUND: 'there is no such refund that failed' });
