import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const onboardingError = userErrorCodes({
  PAYMENTS_OFF: 'cards cannot be charged here',
  NOT_ALLOWED: 'it is for an ADMIN of a supplier, who acts for it',
  BAD_COUNTRY: 'the country is no ISO 3166 code, or another than that of the account',
  BAD_URL: 'a page has no https address',
  REFUSED: 'Stripe refuses: its reason stands in the message',
});
