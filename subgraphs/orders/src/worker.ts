import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { tellLiveOrders } from './live/tell-live-orders.job.ts';
import { releaseReservation } from './supplier-order/release-reservation.job.ts';

type MakeJob = (environment: SubgraphEnvironment) => JobImplementation;

/** The jobs of this subgraph. */
const jobs: readonly MakeJob[] = [releaseReservation];

export const createOrdersWorker = (environment: SubgraphEnvironment): readonly JobImplementation[] => [
  ...jobs.map((make) => make(environment)),
  ...tellLiveOrders(environment),
];
