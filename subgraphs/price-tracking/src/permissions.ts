import { isPublic, isSignedIn, type Permissions } from '@gastronom/shared/permissions';

export const permissions: Permissions = {
  Query: {
    store: isSignedIn,
  },
  // Found by queries that know whose they are.
  Store: { '*': isPublic },
};
