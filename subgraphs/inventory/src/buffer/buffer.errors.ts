import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const bufferError = userErrorCodes({
  NEGATIVE: 'the quantity is below zero',
  TOO_LARGE: 'the quantity is more than a buffer may be',
  TOO_PRECISE: 'the quantity has more than 3 decimals',
  UNKNOWN_PRODUCT: 'the catalogue knows no such good',
  UNKNOWN_CATEGORY: 'the catalogue knows no such category',
});
