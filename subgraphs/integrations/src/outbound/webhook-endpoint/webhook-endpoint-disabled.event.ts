import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';

/** A partner's endpoint is told nothing any more, and its owner did not ask for that: somebody there should know. */
export const webhookEndpointDisabled = defineEvent({
  type: 'WebhookEndpointDisabled',
  version: 1,
  data: z.object({
    endpointId: z.uuid(),
    /** Whose it is; null for the shop's own. */
    organizationId: z.uuid().nullable(),
    organizationType: z.enum(['SHOP', 'RESTAURANT', 'SUPPLIER']),
    /** Without its query, in which secrets may stand. */
    url: z.string(),
    /** It said that it is gone (410), or failed for a long time. */
    reason: z.enum(['GONE', 'FAILING']),
    failingSince: z.iso.datetime().nullable(),
    at: z.iso.datetime(),
  }),
});
