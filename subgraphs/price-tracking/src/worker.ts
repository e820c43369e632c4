import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';

type MakeJob = (environment: SubgraphEnvironment) => JobImplementation;

/** The jobs of this subgraph. */
const jobs: readonly MakeJob[] = [];

export const createPriceTrackingWorker = (environment: SubgraphEnvironment): readonly JobImplementation[] =>
  jobs.map((make) => make(environment));
