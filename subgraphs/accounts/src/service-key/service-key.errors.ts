import { userErrorCodes } from '@gastronom/shared/user-error-codes';

const badExpiry = 'the expiry lies in the past';

export const createKeyError = userErrorCodes({
  BAD_NAME: 'the name is empty or too long',
  UNKNOWN_SCOPE: 'a scope is none of `serviceKeyScopes`, or none is given',
  BAD_EXPIRY: badExpiry,
});

export const rotateKeyError = userErrorCodes({
  NOT_FOUND: 'there is no such key',
  KEY_REVOKED: 'the key is revoked: make a new one',
  KEY_EXPIRED: 'the key has expired: make a new one',
  ALREADY_ROTATED: 'the key has a successor already: rotate that one',
  BAD_OVERLAP: 'the overlap is negative or too long',
  BAD_EXPIRY: badExpiry,
});

export const revokeKeyError = userErrorCodes({ NOT_FOUND: 'there is no such key' });
