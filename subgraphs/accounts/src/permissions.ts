import { isAdmin, isInternal, isPublic, type Permissions } from '@gastronom/shared/permissions';

export const permissions: Permissions = {
  Query: {
    me: isPublic,
    serviceKeys: isAdmin,
  },
  Mutation: {
    ensureUser: isInternal,
    authenticateServiceKey: isInternal,
    ensureServiceKey: isInternal,
    createServiceKey: isAdmin,
    revokeServiceKey: isAdmin,
  },
  // Reached only through `me` (the person's own row) and the internal mutation.
  User: { '*': isPublic },
  // Reached only through fields that are for admins, and the internal mutation.
  ServiceKey: { '*': isPublic },
  ServiceKeyConnection: { '*': isPublic },
  ServiceKeyEdge: { '*': isPublic },
  CreateServiceKeyPayload: { '*': isPublic },
  RevokeServiceKeyPayload: { '*': isPublic },
  PageInfo: { '*': isPublic },
  UserError: { '*': isPublic },
};
