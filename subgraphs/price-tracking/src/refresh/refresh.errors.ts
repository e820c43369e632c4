import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const refreshError = userErrorCodes({
  NOT_FOUND: 'there is no such tracked product or store of the caller’s',
});
