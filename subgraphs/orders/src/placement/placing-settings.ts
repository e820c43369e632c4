import { z } from 'zod';

/** How orders are placed and approved. */
export const placingVariables = {
  ORDER_RESUME_SECONDS: z.coerce.number().int().min(0).max(3_600).default(15),
  APPROVAL_HOURS: z.coerce.number().int().min(1).max(336).default(24),
};
