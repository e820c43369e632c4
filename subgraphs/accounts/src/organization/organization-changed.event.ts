import { defineEvent } from '@gastronom/shared/jobs/event';
import { organizationTypes } from '@gastronom/shared/viewer';
import { z } from 'zod';

/** An organisation was deleted, or is of another type: what others keep for it may be no longer its own to see. */
export const organizationChanged = defineEvent({
  type: 'OrganizationChanged',
  version: 1,
  data: z.object({
    organizationId: z.uuid(),
    /** What it is now; null while nobody has said. */
    type: z.enum(organizationTypes).nullable(),
    deleted: z.boolean(),
  }),
});
