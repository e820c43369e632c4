import { defineJob } from '@gastronom/shared/jobs/job';
import { moneyOf } from '@gastronom/shared/money';
import { z } from 'zod';
import type { OrdersContext } from '../context.ts';
import { approvalRequested } from '../events/approval-requested.event.ts';
import type { OrderEntity } from '../order/order.entity.ts';
import { PlacementRepository } from '../placement/placement.repository.ts';
import type { Deciding } from '../placement/stand-order.ts';
import type { SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';
import { ApprovalRepository } from './approval.repository.ts';

/** Refuses an order that nobody approved in time. */
export const expireApprovalJob = defineJob({
  name: 'expire-approval',
  payload: z.object({ orderId: z.uuid() }),
  retries: 1_000,
  retryMaxSeconds: 300,
});

/**
 * The order waits for one of the buyer's admins, for as long as the shop's setting says, and no longer than until the
 * first cut-off of its suppliers: afterwards it would not come when it was promised. The order is locked.
 */
export async function requestApproval(
  { settings }: Pick<OrdersContext, 'settings'>,
  { manager, jobs, at }: Deciding,
  order: OrderEntity,
  parts: readonly SupplierOrderEntity[],
): Promise<void> {
  const cutOffs = parts.flatMap(({ cutOffAt }) => (cutOffAt ? [cutOffAt.getTime()] : []));
  const expiresAt = new Date(Math.min(at.getTime() + settings.APPROVAL_HOURS * 3_600_000, ...cutOffs));
  await new PlacementRepository(manager).update(order.id, { status: 'AWAITING_APPROVAL' });
  await new ApprovalRepository(manager).insert(order.id, at, expiresAt);
  await jobs.send(manager, expireApprovalJob, { orderId: order.id }, { startAfter: expiresAt });
  await jobs.publish(manager, approvalRequested, {
    orderId: order.id,
    number: order.number,
    buyer: { kind: order.buyerKind, id: order.buyerId },
    requestedBy: order.placedBy,
    currency: order.currency,
    total: moneyOf(order.totalAmount, order.currency).amount,
  });
}
