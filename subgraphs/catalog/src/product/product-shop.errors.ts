import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const shopError = userErrorCodes({
  NOT_FOUND: 'there is no such product',
  TOO_LONG: 'a reason or a description has too many characters',
  BAD_TAG: 'a tag is blank or too long',
  TOO_MANY: 'there are more tags than a product may have',
  UNKNOWN_IMAGE: 'the product has no such picture',
  BAD_NAME: 'the name is blank or too long',
  BAD_PRICE: 'the amount or the currency is none',
});
export type ShopErrorCode = Parameters<typeof shopError>[0];
