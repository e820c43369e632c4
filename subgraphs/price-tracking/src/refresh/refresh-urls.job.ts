import { implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../context.ts';
import { RefreshRound } from './refresh-round.ts';
import { refreshUrlsJob } from './refresh-urls.ts';

/** However many ask for it, one round in a process looks at what is due. */
export const createRefreshUrls = (environment: SubgraphEnvironment): JobImplementation =>
  implementBatchJob(refreshUrlsJob, async ([first]) => {
    if (first) await new RefreshRound(internalContext(environment, first.id)).run(first.signal);
  });
