import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';

/** A person is gone, and their name and address with them: others forget what they keep of the person. */
export const userDeleted = defineEvent({
  type: 'UserDeleted',
  version: 1,
  data: z.object({ userId: z.uuid() }),
});
