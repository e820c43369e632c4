import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const deliveryError = userErrorCodes({ NOT_FOUND: 'there is no such delivery' });
