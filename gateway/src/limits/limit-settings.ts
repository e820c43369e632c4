import { z } from 'zod';
import type { Allowances } from './rate-limits.ts';

const points = z.coerce.number().int().min(0).max(1_000_000_000).optional();

/** The settings of limits, as variables. */
export const limitVariables = {
  COST_LIMIT: z.coerce.number().int().min(1).max(1_000_000_000).default(20_000),
  RATE_LIMIT_IP: points,
  RATE_LIMIT_USER: points,
  RATE_LIMIT_KEY: points,
};

type LimitVariables = z.infer<z.ZodObject<typeof limitVariables>>;

/** Points a minute. Where nothing is set, only production limits: a developer's load comes from one address. */
export function readAllowances(variables: LimitVariables, production: boolean): Allowances {
  const usual: Allowances = production ? { ip: 6_000, user: 1_200, key: 6_000 } : { ip: 0, user: 0, key: 0 };
  return {
    ip: variables.RATE_LIMIT_IP ?? usual.ip,
    user: variables.RATE_LIMIT_USER ?? usual.user,
    key: variables.RATE_LIMIT_KEY ?? usual.key,
  };
}
