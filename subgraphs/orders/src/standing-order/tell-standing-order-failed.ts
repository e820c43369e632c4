import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { EntityManager } from 'typeorm';
import { type StandingOrderFailed, standingOrderFailed } from '../events/standing-order-failed.event.ts';
import type { OrderEntity, OrderRefusal } from '../order/order.entity.ts';
import { StandingOrderRepository } from './standing-order.repository.ts';

interface Telling {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
}

/** What came to nothing of a standing order's order while it was placed. Nobody waits for its answer: its people are told. */
export async function tellOfRefusal(
  { manager, jobs }: Telling,
  order: OrderEntity,
  reason: OrderRefusal | 'INCOMPLETE',
): Promise<void> {
  if (order.source !== 'STANDING' || reason === 'NOT_PAID') return;
  const repository = new StandingOrderRepository(manager);
  const run = await repository.findRunOf(order.id);
  // One that was deleted meanwhile concerns nobody any more.
  if (!run) return;
  await jobs.publish(manager, standingOrderFailed, {
    standingOrderId: run.standingOrderId,
    name: run.name,
    buyer: { kind: order.buyerKind, id: order.buyerId },
    dueAt: run.dueAt.toISOString(),
    orderId: order.id,
    number: order.number,
    reason,
    missing: await repository.listRefused(order.id),
  } satisfies StandingOrderFailed);
}
