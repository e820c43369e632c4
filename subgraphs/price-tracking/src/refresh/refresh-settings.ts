import { CronExpressionParser } from 'cron-parser';
import { z } from 'zod';

const isCron = (text: string): boolean => {
  if (text.split(' ').length !== 5) return false;
  try {
    return CronExpressionParser.parse(text, { tz: 'UTC' }).hasNext();
  } catch {
    return false;
  }
};

/** When prices are looked at again. */
export const refreshVariables = {
  PRICE_REFRESH_CRON: z
    .string()
    .trim()
    .refine(isCron, 'Say when as cron does, in five fields: `0 */6 * * *`.')
    .default('0 */6 * * *'),
  PRICE_REFRESH_SPREAD_MINUTES: z.coerce.number().min(0).max(10_080).default(300),
  PRICE_REFRESH_IN_HAND: z.coerce.number().int().min(1).max(10_000).default(1_000),
  PRICE_GIVE_UP_DAYS: z.coerce.number().positive().max(3_650).default(30),
};
