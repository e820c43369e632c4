import { z } from 'zod';

export const deliveryVariables = {
  /** For how long after a delivery was told of the buyer may correct it. */
  DELIVERY_CORRECTION_HOURS: z.coerce.number().min(0).max(8_760).default(48),
};
