import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const warehouseError = userErrorCodes({
  BAD_NAME: 'the name is blank or too long',
  BAD_EXTERNAL_ID: 'the external id is blank or too long',
  BAD_ADDRESS: 'the address is too long',
  BAD_FRESH_MINUTES: 'a count cannot be fresh for so long',
  TAKEN: 'another warehouse has this external id',
  NOT_FOUND: 'there is no such warehouse',
  DEFAULT_NEEDED: 'the default warehouse cannot cease to be it: make another the default',
  REFRESH_OFF: '1C is not asked, since the product was not told its address (ONE_C_URL)',
  TOO_SOON: '1C was asked a moment ago, or fails and is being tried with another warehouse',
});
