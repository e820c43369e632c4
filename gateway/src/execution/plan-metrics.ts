import { beforeRead, counter, gauge } from '@gastronom/shared/metrics';
import type { PlanStatistics } from './prepared-operations.ts';

const asked = counter(
  'gastronom_gateway_plans_total',
  'Operations for which the gateway needed a plan: known from before, or made by the planner.',
  ['from'],
);
const remembered = gauge(
  'gastronom_gateway_plans_remembered',
  'Documents that the gateway remembers with their plans.',
);
const failures = counter(
  'gastronom_gateway_planner_failures_total',
  'Operations that the planner found no plan for or did not survive, so that the other planner planned them.',
);

/** Tells of an executor's plans when somebody reads the metrics. @returns how to end that. */
export function watchPlans(executor: { readonly statistics: PlanStatistics }): () => void {
  let told = { hits: 0, misses: 0 };
  return beforeRead(() => {
    const { plans, hits, misses } = executor.statistics;
    asked.inc({ from: 'memory' }, hits - told.hits);
    asked.inc({ from: 'planner' }, misses - told.misses);
    told = { hits, misses };
    remembered.set(plans);
  });
}

export const countPlannerFailure = (): void => failures.inc();
