import { implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { Reservations } from '../supplier-order/reservation.ts';
import { undoReservationJob } from './placement-jobs.ts';

/** A part that came to nothing keeps no goods. */
export function undoReservation({ subgraphs, logger }: SubgraphEnvironment): JobImplementation {
  const client = new SubgraphClient(subgraphs, 'orders');
  return implementJob(undoReservationJob, ({ id, payload }) =>
    new Reservations(client, { requestId: id, logger }).release(payload.supplierOrderId),
  );
}
