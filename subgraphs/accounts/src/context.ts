import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import type { EntityManager } from 'typeorm';
import { type AuditTextLoader, createAuditTextLoader } from './audit/audit.loaders.ts';
import { createServiceKeyLoader, type ServiceKeyLoader } from './service-key/service-key.loaders.ts';
import { createUserLoader, type UserLoader } from './user/user.loaders.ts';

export interface AccountsContext extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  readonly broadcast: Broadcast;
  readonly loaders: {
    readonly users: UserLoader;
    readonly serviceKeys: ServiceKeyLoader;
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

export function createAccountsContext({ dataSource: { manager }, jobs, broadcast }: SubgraphEnvironment): ContextOf {
  return (request) => ({
    ...request,
    manager,
    jobs,
    broadcast,
    loaders: {
      users: createUserLoader(manager),
      serviceKeys: createServiceKeyLoader(manager),
      auditTexts: createAuditTextLoader(manager),
    },
  });
}
