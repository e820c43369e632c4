import { inTransaction } from '@gastronom/shared/database/transaction';
import { Decimal } from 'decimal.js';
import type { EntityManager } from 'typeorm';
import { requestApproval } from '../buying/request-approval.ts';
import { CartRepository } from '../cart/cart.repository.ts';
import type { OrdersContext } from '../context.ts';
import type { OrderEntity } from '../order/order.entity.ts';
import { tellOfRefusal } from '../standing-order/tell-standing-order-failed.ts';
import type { SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';
import { sumParts } from './draft-order.ts';
import { type PartWithLines, PlacementRepository } from './placement.repository.ts';
import { type ReserveAnswer, reserveStock } from './reserve.client.ts';
import { type Deciding, refuseOrder, standOrder, undoReservations } from './stand-order.ts';

type Placing = Pick<OrdersContext, 'manager' | 'jobs' | 'clock' | 'settings' | 'subgraphs' | 'requestId' | 'logger'>;

/** What inventory said of the house's parts, by part. */
type Answers = ReadonlyMap<string, ReserveAnswer>;

/**
 * Takes an order from PLACING to what it comes to. Whoever does it, how often and from how many processes at once: goods
 * are reserved under the part's id, and the order decides once, under its lock. Between the two, a crash leaves a
 * reservation of an order that is still PLACING, which the job finishes.
 */
export async function finishPlacement(context: Placing, orderId: string): Promise<void> {
  const repository = new PlacementRepository(context.manager);
  const order = await repository.findWhole(orderId);
  if (order?.status !== 'PLACING') return;
  const house = order.parts.filter(({ isHouse, status }) => isHouse && status === 'PENDING');
  const lines = Map.groupBy(order.lines, ({ supplierOrderId }) => supplierOrderId);
  const answers = new Map<string, ReserveAnswer>();
  for (const part of house) answers.set(part.id, await reserveStock(context, order, part, lines.get(part.id) ?? []));
  await inTransaction(context.manager, (manager) => decide(context, manager, orderId, answers));
}

/** Gives an order up that could not be placed for long. */
export async function abandonPlacement(context: Placing, orderId: string): Promise<void> {
  await inTransaction(context.manager, async (manager) => {
    const order = await new PlacementRepository(manager).lock(orderId);
    if (order?.status !== 'PLACING') return;
    await refuseOrder({ manager, jobs: context.jobs, at: new Date(context.clock()) }, order, 'NOT_PLACED');
    await new CartRepository(manager).release(orderId);
  });
}

async function decide(context: Placing, manager: EntityManager, orderId: string, answers: Answers): Promise<void> {
  const repository = new PlacementRepository(manager);
  const deciding: Deciding = { manager, jobs: context.jobs, at: new Date(context.clock()) };
  const order = await repository.lock(orderId);
  if (!order) return;
  const parts = await repository.listPartsWithLines(orderId);
  // Another decided, and came to less than what was reserved here meanwhile.
  const strays = parts.filter(({ id, status }) => status === 'REFUSED' && answers.get(id)?.status === 'RESERVED');
  if (order.status !== 'PLACING') return undoReservations(deciding, strays);
  const refused = parts.filter(({ id }) => answers.get(id)?.status === 'REFUSED');
  await refuseParts(deciding, refused, answers);
  const rest = parts.filter((part) => part.status === 'PENDING' && !refused.includes(part));
  if (rest.length === 0 || (order.allOrNothing && refused.length > 0)) {
    await refuseOrder(deciding, order, 'NOT_RESERVED');
    await new CartRepository(manager).release(orderId);
    return;
  }
  if (refused.length > 0) await tellOfRefusal(deciding, order, 'INCOMPLETE');
  const sums = sumParts(rest);
  if (rest.length < parts.length) await repository.update(orderId, sums);
  // What stays of the cart is what this order does not have.
  await new CartRepository(manager).takeOrdered(orderId);
  await goOn(context, deciding, { ...order, ...sums }, rest);
}

/** Inventory keeps nothing of what it refused; but another process may have asked again since. */
async function refuseParts(
  deciding: Deciding,
  refused: readonly SupplierOrderEntity[],
  answers: Answers,
): Promise<void> {
  if (refused.length === 0) return;
  const repository = new PlacementRepository(deciding.manager);
  await repository.refuseParts(
    refused.map(({ id }) => id),
    'NOT_RESERVED',
    deciding.at,
  );
  for (const { id } of refused) {
    const lines = answers.get(id)?.lines.filter(({ outcome }) => outcome !== 'RESERVED') ?? [];
    await repository.writeRefusals(
      id,
      lines.map(({ sku, outcome, available }) => ({ sku, refusal: outcome, available })),
    );
  }
  await undoReservations(deciding, refused);
}

/** From reserved to the next that is needed: somebody's approval, the money, or nothing more. */
async function goOn(
  context: Placing,
  deciding: Deciding,
  order: OrderEntity,
  parts: readonly PartWithLines[],
): Promise<void> {
  const { approvalLimit, totalAmount } = order;
  if (approvalLimit !== null && new Decimal(totalAmount).greaterThan(approvalLimit))
    return requestApproval(context, deciding, order, parts);
  return afterApproval(deciding, order, parts);
}

/** What follows once nobody has to approve it any more. The order is locked. */
export async function afterApproval(
  deciding: Deciding,
  order: OrderEntity,
  parts?: readonly PartWithLines[],
): Promise<void> {
  if (order.paymentMethod === 'INVOICE') return standOrder(deciding, order, parts);
  await new PlacementRepository(deciding.manager).update(order.id, { status: 'AWAITING_PAYMENT' });
}
