import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { type RunCounts, SyncBatchRepository } from './sync-batch.repository.ts';

export interface SyncLoaders {
  /** By run: what its batches came to. */
  readonly counts: DataLoader<string, RunCounts>;
}

const none = {
  received: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  stale: 0,
  parked: 0,
  rejected: 0,
  failedBatches: 0,
  failure: null,
};

export function createSyncLoaders(manager: EntityManager): SyncLoaders {
  const batches = new SyncBatchRepository(manager);
  return {
    counts: new DataLoader(async (runIds) => {
      const found = new Map((await batches.countsOfRuns(runIds)).map((counts) => [counts.runId, counts]));
      return runIds.map((runId) => found.get(runId) ?? { runId, ...none });
    }),
  };
}
