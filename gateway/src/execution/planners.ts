import type { Supergraph } from '@apollo/federation-internals';
import { apolloPlanner } from './apollo-planner.ts';
import { hivePlanner } from './hive-planner.ts';
import type { Planner } from './planner.ts';
import { PlannerGone } from './planner-process.ts';

/** A planner, and one that stands in for it where it ends in the middle. */
function withSubstitute(planner: Planner, substitute: () => Planner, onGone: () => void): Planner {
  return {
    name: planner.name,
    async plan(document, operationName) {
      try {
        return await planner.plan(document, operationName);
      } catch (error) {
        if (!(error instanceof PlannerGone)) throw error;
        onGone();
        return substitute().plan(document, operationName);
      }
    },
  };
}

/**
 * Hive's planner where it runs, else Apollo's: it is prebuilt for the usual platforms alone, and an operation may be too
 * much for it.
 * @param onGone told of each operation for which Apollo's stands in.
 */
export async function createPlanner(
  wanted: Planner['name'],
  supergraphSdl: string,
  supergraph: Supergraph,
  onGone: () => void,
): Promise<Planner> {
  let apollo: Planner | undefined;
  const substitute = (): Planner => {
    // It takes most of a second to build, and is seldom needed.
    apollo ??= apolloPlanner(supergraph);
    return apollo;
  };
  if (wanted === 'apollo') return substitute();
  try {
    return withSubstitute(await hivePlanner(supergraphSdl), substitute, onGone);
  } catch (error) {
    if (!(error instanceof PlannerGone)) throw error;
    return substitute();
  }
}
