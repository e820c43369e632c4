import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const syncError = userErrorCodes(
  {
    CATALOG_UNAVAILABLE: 'the catalogue did not answer; the same call again heals it',
    INVENTORY_UNAVAILABLE: 'the inventory did not answer; the same call again heals it',
  },
  'What kept the batch from being applied as a whole',
);
