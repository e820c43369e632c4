import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import { ReservationService } from './reservation.service.ts';

export const expireReservationsJob = defineJob({
  name: 'expire-reservations',
  payload: z.object({}),
  cron: '* * * * *',
  policy: 'short',
});

/** Gives back, each minute, what was reserved for longer than was meant. */
export const createExpireReservations = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(expireReservationsJob, async ({ id }) => {
    const { logger } = environment;
    const context = internalContext(environment, id);
    const expired = await new ReservationService(context).expire();
    if (expired > 0) logger.info({ expired }, 'reservations have expired');
  });
