import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { announceAllAvailability } from './availability/announce-all-availability.job.ts';
import { announceAvailability } from './availability/announce-availability.job.ts';
import { reconsiderOffers } from './availability/reconsider-offers.job.ts';
import { tellLiveAvailability } from './availability/tell-live-availability.job.ts';
import { createExpireReservations } from './reservation/expire-reservations.job.ts';
import { createRepairReservedTotals } from './reservation/repair-reserved-totals.job.ts';

type MakeJob = (environment: SubgraphEnvironment) => JobImplementation;

/** The jobs of this subgraph. */
const jobs: readonly MakeJob[] = [
  announceAvailability,
  announceAllAvailability,
  reconsiderOffers,
  tellLiveAvailability,
  createExpireReservations,
  createRepairReservedTotals,
];

export const createInventoryWorker = (environment: SubgraphEnvironment): readonly JobImplementation[] =>
  jobs.map((make) => make(environment));
