import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import { subgraphContexts } from '@gastronom/shared/subgraph-contexts';
import type { EntityManager } from 'typeorm';
import { type AuditTextLoader, createAuditTextLoader } from './audit/audit.loaders.ts';
import { ClerkApi } from './clerk/clerk-api.ts';
import { type AccountsSettings, readAccountsSettings } from './env.ts';
import { InvitationLoaders } from './invitation/invitation.loaders.ts';
import { MembershipLoaders } from './membership/membership.loaders.ts';
import { OrganizationLoaders } from './organization/organization.loaders.ts';
import {
  createServiceKeyLoader,
  createSuccessorLoader,
  type ServiceKeyLoader,
} from './service-key/service-key.loaders.ts';
import { createUserLoader, type UserLoader } from './user/user.loaders.ts';

export interface AccountsContext extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  readonly broadcast: Broadcast;
  readonly settings: AccountsSettings;
  /** Null where no secret key is set. Shared by all requests of this process. */
  readonly clerk: ClerkApi | null;
  readonly loaders: {
    readonly users: UserLoader;
    readonly organizations: OrganizationLoaders;
    readonly memberships: MembershipLoaders;
    readonly invitations: InvitationLoaders;
    readonly serviceKeys: ServiceKeyLoader;
    /** By the ids of the keys that they replace. */
    readonly serviceKeySuccessors: ServiceKeyLoader;
    readonly auditTexts: AuditTextLoader;
  };
}

function makeContext(
  environment: SubgraphEnvironment,
  settings = readAccountsSettings(),
): (request: SubgraphRequest) => AccountsContext {
  const { jobs, broadcast, logger } = environment;
  const { manager } = environment.dataSource;
  const clerk = settings.clerkApi ? new ClerkApi(settings.clerkApi, logger) : null;
  return (request) => ({
    ...request,
    manager,
    jobs,
    broadcast,
    settings,
    clerk,
    loaders: {
      users: createUserLoader(manager),
      organizations: new OrganizationLoaders(manager, request.viewer),
      memberships: new MembershipLoaders(manager, request.viewer),
      invitations: new InvitationLoaders(manager),
      serviceKeys: createServiceKeyLoader(manager),
      serviceKeySuccessors: createSuccessorLoader(manager),
      auditTexts: createAuditTextLoader(manager),
    },
  });
}

const contexts = subgraphContexts('accounts', makeContext);

export const accountsContext = contexts.of;
export const createAccountsContext = contexts.create;
export const internalContext = contexts.internal;
