import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
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

type ContextOf = (request: SubgraphRequest) => AccountsContext;

const contexts = new WeakMap<SubgraphEnvironment, ContextOf>();

/** What requests, REST endpoints and jobs of one subgraph share: made once for its environment. */
export function accountsContext(environment: SubgraphEnvironment): ContextOf {
  const known = contexts.get(environment) ?? createAccountsContext(environment);
  contexts.set(environment, known);
  return known;
}

/** With other settings than the environment's, as tests want it, jobs and REST endpoints see the same. */
export function createAccountsContext(environment: SubgraphEnvironment, settings = readAccountsSettings()): ContextOf {
  const { jobs, broadcast, logger } = environment;
  const { manager } = environment.dataSource;
  const clerk = settings.clerkApi ? new ClerkApi(settings.clerkApi, logger) : null;
  const contextOf: ContextOf = (request) => ({
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
  contexts.set(environment, contextOf);
  return contextOf;
}
