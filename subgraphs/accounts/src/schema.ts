import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import { AuditActorResolver, AuditEntryResolver, AuditLogResolver } from './audit/audit.resolver.ts';
import { AuditVerificationResolver } from './audit/audit-verification.resolver.ts';
import { InvitationResolver } from './invitation/invitation.resolver.ts';
import { InvitationCountResolver, OrganizationInvitationsResolver } from './invitation/organization.resolver.ts';
import { DemoResolver } from './membership/demo.resolver.ts';
import { MembershipResolver } from './membership/membership.resolver.ts';
import { MembershipCountResolver, OrganizationMembersResolver } from './membership/organization.resolver.ts';
import { UserMembershipsResolver } from './membership/user.resolver.ts';
import { NotificationSettingsResolver } from './notification-settings/notification-settings.resolver.ts';
import {
  OrganizationListResolver,
  OrganizationResolver,
  resolveOrganizationReference,
} from './organization/organization.resolver.ts';
import { OrganizationDirectoryResolver } from './organization/organization-directory.resolver.ts';
import { permissions } from './permissions.ts';
import { ServiceKeyResolver } from './service-key/service-key.resolver.ts';
import { ServiceKeyListResolver } from './service-key/service-key-list.resolver.ts';
import { SessionResolver } from './session/session.resolver.ts';
import { UserSessionResolver } from './session/user.resolver.ts';
import { resolveUserReference, UserListResolver, UserResolver } from './user/user.resolver.ts';

export const buildAccountsSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [
      UserResolver,
      UserListResolver,
      UserMembershipsResolver,
      UserSessionResolver,
      OrganizationResolver,
      OrganizationListResolver,
      OrganizationDirectoryResolver,
      OrganizationMembersResolver,
      OrganizationInvitationsResolver,
      MembershipResolver,
      MembershipCountResolver,
      InvitationResolver,
      InvitationCountResolver,
      DemoResolver,
      SessionResolver,
      ServiceKeyResolver,
      ServiceKeyListResolver,
      AuditEntryResolver,
      AuditActorResolver,
      AuditLogResolver,
      AuditVerificationResolver,
      NotificationSettingsResolver,
    ],
    references: { User: resolveUserReference, Organization: resolveOrganizationReference },
    permissions,
  });
