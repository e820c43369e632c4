import type { Supergraph } from '@apollo/federation-internals';
import { apolloPlanner } from './apollo-planner.ts';
import { hivePlanner } from './hive-planner.ts';
import type { Planner } from './planner.ts';
import { PlannerGone, plannerProcess } from './planner-process.ts';

/** A planner, and one that stands in for it where it finds no plan, or ends in the middle. */
function withSubstitute(planner: Planner, substitute: () => Planner, onFailure: () => void): Planner {
  return {
    name: planner.name,
    async plan(document, operationName) {
      try {
        return await planner.plan(document, operationName);
      } catch (error) {
        // Hive's finds no plan for some operations that are answered well by Apollo's. What is wrong with the operation
        // itself, the substitute says too.
        onFailure();
        const plan = await substitute().plan(document, operationName);
        // Apollo's plans nothing at all for what no subgraph can answer: silence would pass for an answer.
        if (!plan) throw error;
        return plan;
      }
    },
  };
}

/**
 * Hive's planner where it runs, else Apollo's: it is prebuilt for the usual platforms alone, and an operation may be too
 * much for it.
 * @param onFailure told of each operation for which Apollo's stands in.
 */
export async function createPlanner(
  wanted: Planner['name'],
  supergraphSdl: string,
  supergraph: Supergraph,
  onFailure: () => void,
): Promise<Planner> {
  let apollo: Planner | undefined;
  const substitute = (): Planner => {
    // It takes most of a second to build, and is seldom needed.
    apollo ??= apolloPlanner(supergraph);
    return apollo;
  };
  if (wanted === 'apollo') return substitute();
  try {
    await plannerProcess.know(supergraphSdl);
  } catch (error) {
    if (!(error instanceof PlannerGone)) throw error;
    // What ran before is only resting.
    if (!plannerProcess.hasAnswered) return substitute();
  }
  return withSubstitute(hivePlanner(supergraphSdl), substitute, onFailure);
}
