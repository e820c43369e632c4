import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';

/** 1C is to be asked for the stock of a warehouse. */
export const stockRefreshRequested = defineEvent({
  type: 'StockRefreshRequested',
  version: 1,
  data: z.object({
    warehouseId: z.string(),
    /** What 1C calls it. */
    externalId: z.string(),
    requestedAt: z.iso.datetime(),
  }),
});
