import { userErrorCodes } from '@gastronom/shared/user-error-codes';

const notFound = 'there is no such endpoint, or it is another’s';
const input = {
  BAD_URL: 'the address is none that can be told: https://, on the public internet, without user and password',
  BAD_DESCRIPTION: 'the description is too long',
  BAD_EVENT_TYPES: 'no type of event is named, or one that cannot be asked for',
};

export const createEndpointError = userErrorCodes({
  ...input,
  TOO_MANY: 'the owner has as many endpoints as one may have',
});
export const updateEndpointError = userErrorCodes({ NOT_FOUND: notFound, ...input });
export const endpointError = userErrorCodes({ NOT_FOUND: notFound });
export const rotateSecretError = userErrorCodes({
  NOT_FOUND: notFound,
  BAD_OVERLAP: 'the overlap is negative or too long',
});

const disabled = 'the endpoint is disabled: enable it first';
export const sendTestError = userErrorCodes({ NOT_FOUND: notFound, ENDPOINT_DISABLED: disabled });
export const redeliverError = userErrorCodes({
  NOT_FOUND: 'there is no such delivery or endpoint, or it is another’s',
  ENDPOINT_DISABLED: disabled,
});
