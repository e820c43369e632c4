import { z } from 'zod';
import { definePartnerEvent } from './partner-event.ts';

const availability = z.object({
  status: z.string().describe('IN_STOCK, LOW_STOCK or OUT_OF_STOCK.'),
  availableOnline: z.number().describe('How much can be ordered, in the good’s unit.'),
});

const shown = z.object({
  changes: z
    .array(
      z.object({
        sku: z.string(),
        before: availability.nullable().describe('Null where nothing was ever told of the good.'),
        after: availability,
      }),
    )
    .describe('At most 1,000.'),
});

export const availabilityChanged = definePartnerEvent({
  type: 'availability.changed',
  version: 1,
  on: 'AvailabilityChanged',
  description: 'What can be ordered of the shop’s goods is another than it was when it was last told.',
  audience: 'The shop’s own partners.',
  shown,
  heard: shown,
  views: (data) => [{ to: { kind: 'SHOP' }, data }],
});
