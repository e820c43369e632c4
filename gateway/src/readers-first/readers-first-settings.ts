import { z } from 'zod';

/** When bulk work waits for those who read, as variables. */
export const readersFirstVariables = {
  GIVE_WAY_ABOVE_MS: z.coerce.number().min(0).max(60_000).default(30),
  GIVE_WAY_SECONDS: z.coerce.number().min(0).max(10).default(5),
};

export type ReadersFirstSettings = z.infer<z.ZodObject<typeof readersFirstVariables>>;
