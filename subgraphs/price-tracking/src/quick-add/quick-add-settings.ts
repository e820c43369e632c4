import { z } from 'zod';

/** For how long somebody waits while pages are looked at that they add. */
export const quickAddVariables = {
  PAGE_PATIENCE_SECONDS: z.coerce.number().min(1).max(600).default(7),
};
