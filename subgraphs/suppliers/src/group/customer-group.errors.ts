import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const customerGroupError = userErrorCodes({
  NOT_FOUND: 'there is no such supplier or group, or it is not the caller’s to change',
  BAD_NAME: 'the name is empty or too long',
  NAME_TAKEN: 'another group of the supplier has the name',
  UNKNOWN_CUSTOMER: 'there is no such organization, or it is none of the type RESTAURANT',
  TOO_MANY: 'there are more groups or members than may be',
});
