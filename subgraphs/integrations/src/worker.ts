import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { createClearExchanges } from './exchange/clear-exchanges.job.ts';
import { createImportExchangeFile } from './exchange/import-exchange-file.job.ts';
import { imageVariantsJob } from './image/make-image-variants.job.ts';
import { createApplyDelivery } from './one-c/apply-delivery.job.ts';
import { createForgetDeliveries } from './one-c/forget-deliveries.job.ts';
import { createRefreshStock } from './one-c/refresh-stock.job.ts';

/** None where a setting says that the job is not to be done. */
type MakeJob = (environment: SubgraphEnvironment) => JobImplementation | readonly JobImplementation[];

/** The jobs of this subgraph. */
const jobs: readonly MakeJob[] = [
  createRefreshStock,
  createApplyDelivery,
  createForgetDeliveries,
  createImportExchangeFile,
  createClearExchanges,
  imageVariantsJob,
];

export const createIntegrationsWorker = (environment: SubgraphEnvironment): readonly JobImplementation[] =>
  jobs.flatMap((make) => make(environment));
