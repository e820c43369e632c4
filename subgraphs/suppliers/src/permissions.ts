import { isPublic, type Permissions } from '@gastronom/shared/permissions';

export const permissions: Permissions = {
  Query: { supplier: isPublic },
  Supplier: { '*': isPublic },
};
