import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { createRecordAudit } from './audit/record-audit.job.ts';
import { createForgetClerkDeliveries } from './clerk/forget-clerk-deliveries.job.ts';
import { createForgetSessions } from './session/forget-sessions.job.ts';

type MakeJob = (environment: SubgraphEnvironment) => JobImplementation;

/** The jobs of this subgraph. */
const jobs: readonly MakeJob[] = [createRecordAudit, createForgetClerkDeliveries, createForgetSessions];

export const createAccountsWorker = (environment: SubgraphEnvironment): readonly JobImplementation[] =>
  jobs.map((make) => make(environment));
