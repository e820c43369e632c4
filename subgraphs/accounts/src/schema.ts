import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import { AuditActorResolver, AuditEntryResolver, AuditLogResolver } from './audit/audit.resolver.ts';
import { AuditVerificationResolver } from './audit/audit-verification.resolver.ts';
import { permissions } from './permissions.ts';
import { ServiceKeyResolver } from './service-key/service-key.resolver.ts';
import { SessionResolver } from './session/session.resolver.ts';
import { UserResolver } from './user/user.resolver.ts';

export const buildAccountsSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [
      UserResolver,
      SessionResolver,
      ServiceKeyResolver,
      AuditEntryResolver,
      AuditActorResolver,
      AuditLogResolver,
      AuditVerificationResolver,
    ],
    permissions,
  });
