import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const bulkImportError = userErrorCodes({
  NOT_FOUND: 'there is no such tracked product of the caller’s',
  TOO_MANY: 'there are more addresses in the call, or more products, than may be',
});
