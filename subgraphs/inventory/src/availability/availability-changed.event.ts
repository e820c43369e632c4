import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';
import { AvailabilityStatus } from './availability-status.ts';

const availability = z.object({
  status: z.enum(AvailabilityStatus),
  /** How much can be ordered, in the good's unit. */
  availableOnline: z.number(),
});

/** What can be ordered of goods is another than it was when it was last told. */
export const availabilityChanged = defineEvent({
  type: 'AvailabilityChanged',
  version: 1,
  data: z.object({
    changes: z
      .array(
        z.object({
          sku: z.string(),
          /** Null where nothing was ever told of the good. */
          before: availability.nullable(),
          after: availability,
        }),
      )
      .min(1)
      .max(1_000),
  }),
});

export type AvailabilityChange = z.infer<typeof availabilityChanged.data>['changes'][number];
export type AnnouncedAvailability = AvailabilityChange['after'];
