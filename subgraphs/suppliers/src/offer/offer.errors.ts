import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const offerError = userErrorCodes({
  NOT_FOUND: 'there is no such offer, or it is not the caller’s to change',
  UNKNOWN_GROUP: 'the supplier has no such group of customers',
  UNKNOWN_CUSTOMER: 'there is no such organization, or it is none of the type RESTAURANT',
  BAD_SCOPE: 'a price is for a group and for a customer at once',
  OUT_OF_RANGE: 'a number is below or above what it may be, or has too many decimals',
  BAD_VALIDITY: 'a price ends before it begins',
  DUPLICATE: 'two prices are for the same people, from the same quantity and moment',
  TOO_MANY: 'there are more prices than an offer may have',
});
