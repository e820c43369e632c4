import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { z } from 'zod';
import { Reservations } from './reservation.ts';

const definition = defineJob({
  name: 'release-reservation',
  on: 'SupplierOrderChanged',
  payload: eventPayload(
    z.object({ supplierOrderId: z.uuid(), supplier: z.object({ isHouse: z.boolean() }), to: z.string() }),
  ),
  // For a week: goods that nobody gets must come back to the shelf, however long inventory is away.
  retries: 2_100,
  retryMaxSeconds: 300,
});

const over = ['CANCELLED', 'REJECTED'];

/** An order of the house that will not be delivered gives its goods back. */
export function releaseReservation({ subgraphs, logger }: SubgraphEnvironment): JobImplementation {
  const client = new SubgraphClient(subgraphs, 'orders');
  return implementJob(definition, async ({ id, payload: { data } }) => {
    if (!data.supplier.isHouse || !over.includes(data.to)) return;
    await new Reservations(client, { requestId: id, logger }).release(data.supplierOrderId);
  });
}
