import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { StandingOrderRepository } from './standing-order.repository.ts';
import type { StandingRun } from './standing-order.row.ts';

export type StandingRunLoader = DataLoader<string, StandingRun[]>;

/** Runs of standing orders that the viewer was found to see. */
export const createStandingRunLoader = (manager: EntityManager): StandingRunLoader =>
  new DataLoader(async (ids) => {
    const runs = Map.groupBy(
      await new StandingOrderRepository(manager).listRuns(ids),
      ({ standingOrderId }) => standingOrderId,
    );
    return ids.map((id) => runs.get(id) ?? []);
  });
