import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { z } from 'zod';
import { Reservations } from '../supplier-order/reservation.ts';
import { handoverOf } from './handover.ts';

const definition = defineJob({
  name: 'settle-reservation',
  on: 'DeliveryMarked',
  payload: eventPayload(
    z.object({ supplierOrderId: z.uuid(), supplier: z.object({ isHouse: z.boolean() }), complete: z.boolean() }),
  ),
  // For a week: the stock must learn of it, however long inventory is away.
  retries: 2_100,
  retryMaxSeconds: 300,
});

/** Goods of the house left it: inventory is told once all of them did, and gives back what did not. */
export function settleReservation({ dataSource, subgraphs, logger }: SubgraphEnvironment): JobImplementation {
  const client = new SubgraphClient(subgraphs, 'orders');
  return implementJob(definition, async ({ id, payload: { data } }) => {
    if (!data.supplier.isHouse || !data.complete) return;
    const handover = await handoverOf(dataSource.manager, data.supplierOrderId);
    await new Reservations(client, { requestId: id, logger }).settle(handover);
  });
}
