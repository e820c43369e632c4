import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const storeError = userErrorCodes({
  NOT_FOUND: 'there is no such store, or it is not the caller’s to change',
  BAD_NAME: 'the name is empty or too long',
  BAD_SLUG:
    'the slug is not made of lower-case Latin letters, digits and single hyphens, or none can be made of the name',
  SLUG_TAKEN: 'another store of the owner has the slug',
  BAD_DOMAIN: 'a domain is none',
  DOMAIN_TAKEN: 'another store of the owner has the domain',
  BAD_URL: 'an address is not one of http or https',
  BAD_LOCALE: 'the locale is none, as en-US or de',
  BAD_CURRENCY: 'the currency is no ISO 4217 code',
  BAD_SELECTOR: 'a selector cannot be read; the message says why',
  OUT_OF_RANGE: 'a number is below or above what it may be',
  TOO_LONG: 'a text is longer than may be',
  TOO_MANY: 'there are more domains or selectors than may be',
  BAD_EMAIL: 'the owner’s e-mail address is none, or several people have it',
  NOT_FOR_OTHERS: 'only admins make stores for others',
  IN_USE: 'pages of the store are tracked, and are not to be deleted with it',
});
