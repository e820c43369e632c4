import { z } from 'zod';

/** When owners are told of what goes wrong with their pages. */
export const alertVariables = {
  PRICE_PAGE_FAILURES: z.coerce.number().int().min(1).max(1000).default(5),
};
