import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';

/** Pages could not be read several times in a row: by store, at most 500 stores. Of a store it is told once a day. */
export const trackedUrlFailing = defineEvent({
  type: 'TrackedUrlFailing',
  version: 1,
  data: z.object({
    stores: z.array(
      z.object({
        storeId: z.uuid(),
        ownerId: z.uuid(),
        name: z.string(),
        /** How many of its pages fail as long, give or take a round. */
        failing: z.number().int(),
        /** Twenty of them, those that fail longest first. */
        pages: z.array(
          z.object({
            urlId: z.uuid(),
            url: z.string(),
            productId: z.uuid(),
            productName: z.string(),
            failures: z.number().int(),
            /** `NO_PRICE`, `GONE`, `BLOCKED` or `FETCH_ERROR`. */
            outcome: z.string(),
            error: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
});

export type TrackedUrlFailing = z.infer<typeof trackedUrlFailing.data>;
