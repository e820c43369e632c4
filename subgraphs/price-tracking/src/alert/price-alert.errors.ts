import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const priceAlertError = userErrorCodes({
  NOT_FOUND: 'there is no such alert or tracked product of the caller’s',
  NOT_FOR_KIND: 'this kind of alert has no such field',
  REQUIRED: 'this kind of alert needs the field',
  NO_TARGET: 'neither the alert nor its product has a target price',
  BAD_CURRENCY: 'the currency is no ISO 4217 code',
  OUT_OF_RANGE: 'a number is below or above what it may be, or has too many decimals',
  NOT_IN_FUTURE: 'the moment is over, or more than ten years away',
  TOO_MANY: 'the product has as many alerts as one may have: delete one first',
});
