import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';

/** Who was expected by their e-mail address came as somebody known already: what was kept for them is theirs from now on. */
export const expectedUserArrived = defineEvent({
  type: 'ExpectedUserArrived',
  version: 1,
  data: z.object({
    /** Under which it was kept; there is no such person any more. */
    expectedUserId: z.uuid(),
    userId: z.uuid(),
  }),
});
