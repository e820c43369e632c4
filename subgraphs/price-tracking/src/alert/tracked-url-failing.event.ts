import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';

/** Pages could not be read several times in a row: those of one batch, by store, at most 500 stores. */
export const trackedUrlFailing = defineEvent({
  type: 'TrackedUrlFailing',
  version: 1,
  data: z.object({
    stores: z.array(
      z.object({
        storeId: z.uuid(),
        ownerId: z.uuid(),
        name: z.string(),
        /** How many of its pages began to fail in this batch. */
        failing: z.number().int(),
        /** The first twenty of them. */
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
