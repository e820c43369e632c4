import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { createSuggestCatalogueLinks } from './catalogue-link/suggest-catalogue-links.job.ts';
import { createForgetHostTurns } from './fetching/turn/forget-host-turns.job.ts';

type MakeJob = (environment: SubgraphEnvironment) => JobImplementation;

/** The jobs of this subgraph. */
const jobs: readonly MakeJob[] = [createSuggestCatalogueLinks, createForgetHostTurns];

export const createPriceTrackingWorker = (environment: SubgraphEnvironment): readonly JobImplementation[] =>
  jobs.map((make) => make(environment));
