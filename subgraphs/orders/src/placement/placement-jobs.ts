import { defineJob } from '@gastronom/shared/jobs/job';
import { z } from 'zod';

/** Finishes what a process that died, or an inventory that was away, left of placing an order. */
export const finishPlacementJob = defineJob({
  name: 'finish-placement',
  payload: z.object({ orderId: z.uuid() }),
  // Nearly all have been finished by whoever asked for them.
  batchSize: 50,
  retries: 40,
  retrySeconds: 2,
  retryMaxSeconds: 60,
});

/** Gives back what was reserved for a part that came to nothing. */
export const undoReservationJob = defineJob({
  name: 'undo-reservation',
  payload: z.object({ supplierOrderId: z.uuid() }),
  // For a week: goods that nobody gets must come back to the shelf, however long inventory is away.
  retries: 2_100,
  retryMaxSeconds: 300,
});
