import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const approvalError = userErrorCodes({
  NOT_FOUND: 'The buyer has no such order.',
  NOT_AWAITING_APPROVAL: 'The order does not wait for an approval any more.',
  BAD_TEXT: 'A reason has at most 1,000 characters, all of them text.',
});

export const spendLimitError = userErrorCodes({
  BAD_AMOUNT: 'A limit is 0 or more, at most 1,000,000,000, in whole smallest units of its currency.',
  BAD_CURRENCY: 'A currency is an ISO 4217 code, as `EUR`.',
});
