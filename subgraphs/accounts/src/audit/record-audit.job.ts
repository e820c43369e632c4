import { recordAuditJob } from '@gastronom/shared/audit';
import { implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { AuditRepository } from './audit.repository.ts';

/** Appends what any part of the product told of, many acts in one statement. */
export const createRecordAudit = ({ dataSource }: SubgraphEnvironment): JobImplementation =>
  implementBatchJob(recordAuditJob, (jobs) =>
    new AuditRepository(dataSource.manager).insertMany(jobs.map(({ payload }) => payload)),
  );
