import { isPublic, isSignedIn, type Permissions } from '@gastronom/shared/permissions';

export const permissions: Permissions = {
  Query: { order: isSignedIn },
  // Found only by those who may see it.
  Order: { '*': isPublic },
};
