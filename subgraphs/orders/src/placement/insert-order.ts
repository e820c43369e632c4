import type { EntityManager } from 'typeorm';
import type { OrdersContext } from '../context.ts';
import type { DraftPart } from './draft-order.ts';
import { type InsertedOrder, type NewOrder, PlacementRepository } from './placement.repository.ts';
import { finishPlacementJob } from './placement-jobs.ts';

/** The row comes first, with the job that finishes it: what follows may die anywhere. Null where the key was used. */
export async function insertOrder(
  { jobs, settings }: Pick<OrdersContext, 'jobs' | 'settings'>,
  manager: EntityManager,
  values: NewOrder,
  parts: readonly DraftPart[],
): Promise<InsertedOrder | null> {
  const order = await new PlacementRepository(manager).insert(values, parts);
  if (order)
    await jobs.send(manager, finishPlacementJob, { orderId: order.id }, { startAfter: settings.ORDER_RESUME_SECONDS });
  return order;
}
