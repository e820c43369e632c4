import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const favouriteError = userErrorCodes({
  NOT_FOUND: 'there is no such product',
  TOO_MANY: 'the person has as many favourites as one may have',
});
