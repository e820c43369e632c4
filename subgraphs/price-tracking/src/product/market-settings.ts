import { z } from 'zod';

/** What counts as the market. */
export const marketVariables = {
  MARKET_PRICE_HOURS: z.coerce.number().positive().max(8_760).default(48),
};
