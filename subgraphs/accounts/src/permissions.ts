import { isAdmin, isInternal, isPublic, type Permissions } from '@gastronom/shared/permissions';

export const permissions: Permissions = {
  Query: {
    me: isPublic,
    serviceKeys: isAdmin,
    auditLog: isAdmin,
    auditEntry: isAdmin,
    auditVerification: isAdmin,
  },
  Mutation: {
    ensureUser: isInternal,
    signIn: isInternal,
    authenticateServiceKey: isInternal,
    ensureServiceKey: isInternal,
    createServiceKey: isAdmin,
    revokeServiceKey: isAdmin,
  },
  // Reached only through `me` (the person's own row) and the internal mutation.
  User: { '*': isPublic },
  // Reached only through the internal mutation.
  SignIn: { '*': isPublic },
  SignInOrganization: { '*': isPublic },
  // Reached only through fields that are for admins, and the internal mutation.
  ServiceKey: { '*': isPublic },
  ServiceKeyConnection: { '*': isPublic },
  ServiceKeyEdge: { '*': isPublic },
  CreateServiceKeyPayload: { '*': isPublic },
  RevokeServiceKeyPayload: { '*': isPublic },
  // Reached only through fields that are for admins.
  AuditEntry: { '*': isPublic },
  AuditEntryConnection: { '*': isPublic },
  AuditEntryEdge: { '*': isPublic },
  AuditActor: { '*': isPublic },
  AuditSubject: { '*': isPublic },
  AuditVerification: { '*': isPublic },
  AuditHead: { '*': isPublic },
  AuditProblem: { '*': isPublic },
  PageInfo: { '*': isPublic },
  UserError: { '*': isPublic },
};
