import type { HealthChecks, SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { checkOneC } from './freshness/one-c.check.ts';

type Checks = (environment: SubgraphEnvironment) => Promise<HealthChecks>;

/** What this subgraph says of its own health, a room each. */
const rooms: readonly Checks[] = [checkOneC];

export const createInventoryChecks = (environment: SubgraphEnvironment) => async (): Promise<HealthChecks> => {
  const checks = await Promise.all(rooms.map((check) => check(environment)));
  return Object.assign({}, ...checks) as HealthChecks;
};
