import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const tagError = userErrorCodes({
  NOT_FOUND: 'there is no such tag or tracked product of the caller’s',
  BAD_NAME: 'a name is empty or too long',
  NAME_TAKEN: 'another tag of the caller has the name',
  TOO_MANY: 'there are more tags than may be',
});
