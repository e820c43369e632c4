import type { Supergraph } from '@apollo/federation-internals';
import { apolloPlanner } from './apollo-planner.ts';
import { hivePlanner } from './hive-planner.ts';
import type { Planner } from './planner.ts';

/** Hive's planner where it can be loaded, else Apollo's: it is prebuilt for the usual platforms alone. */
export async function createPlanner(
  wanted: Planner['name'],
  supergraphSdl: string,
  supergraph: Supergraph,
): Promise<Planner> {
  if (wanted === 'apollo') return apolloPlanner(supergraph);
  try {
    return await hivePlanner(supergraphSdl);
  } catch (error) {
    if (!isNotForThisPlatform(error)) throw error;
    return apolloPlanner(supergraph);
  }
}

/** What the package says where it brings no library for the machine. */
const isNotForThisPlatform = (error: unknown): boolean =>
  error instanceof Error &&
  /native binding|ERR_DLOPEN_FAILED/i.test(`${error.message} ${(error as { code?: string }).code}`);
