import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import { moneyOf } from '@gastronom/shared/money';
import type { EntityManager } from 'typeorm';
import { orderPlaced } from '../events/order-placed.event.ts';
import type { OrderEntity, OrderRefusal } from '../order/order.entity.ts';
import { tellOfRefusal } from '../standing-order/tell-standing-order-failed.ts';
import type { OrderLineEntity } from '../supplier-order/order-line.entity.ts';
import type { SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';
import { type PartWithLines, PlacementRepository } from './placement.repository.ts';
import { undoReservationJob } from './placement-jobs.ts';

/** A decision in hand: its transaction, and its moment. */
export interface Deciding {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  readonly at: Date;
}

/** When a reservation is given back once more: one that was still under way the first time is back by then. */
const straySeconds = 15 * 60;

const lineToTell = (line: OrderLineEntity, currency: string) => ({
  lineId: line.id,
  offerId: line.offerId,
  productSku: line.productSku,
  supplierSku: line.supplierSku,
  name: line.name,
  quantity: line.quantity,
  unit: line.unit,
  packSize: line.packSize,
  price: moneyOf(line.priceAmount, currency).amount,
  total: moneyOf(line.totalAmount, currency).amount,
  note: line.note,
});

/** The order stands: its suppliers have it, and everybody is told. The order is locked. */
export async function standOrder(
  { manager, jobs, at }: Deciding,
  order: OrderEntity,
  known?: readonly PartWithLines[],
): Promise<void> {
  const repository = new PlacementRepository(manager);
  const parts = (known ?? (await repository.listPartsWithLines(order.id))).filter(({ status }) => status === 'PENDING');
  await repository.place(
    order.id,
    parts.map(({ id }) => id),
    at,
  );
  await jobs.publish(manager, orderPlaced, {
    orderId: order.id,
    number: order.number,
    placedAt: at.toISOString(),
    placedBy: order.placedBy,
    buyer: { kind: order.buyerKind, id: order.buyerId },
    currency: order.currency,
    total: moneyOf(order.totalAmount, order.currency).amount,
    supplierOrders: parts.map((part) => ({
      id: part.id,
      number: part.number,
      supplier: { id: part.supplierId, organizationId: part.supplierOrganizationId, isHouse: part.isHouse },
      total: moneyOf(part.totalAmount, part.currency).amount,
      deliverOn: part.deliverOn,
      lines: part.lines.map((line) => lineToTell(line, part.currency)),
    })),
  });
}

/** The order comes to nothing, and nothing stays reserved for it. The order is locked. */
export async function refuseOrder(deciding: Deciding, order: OrderEntity, refusal: OrderRefusal): Promise<void> {
  const repository = new PlacementRepository(deciding.manager);
  const parts = (await repository.listParts(order.id)).filter(({ status }) => status === 'PENDING');
  await repository.refuseParts(
    parts.map(({ id }) => id),
    refusal,
    deciding.at,
  );
  await undoReservations(deciding, parts);
  await repository.update(order.id, { status: 'REFUSED', refusal });
  await tellOfRefusal(deciding, order, refusal);
}

/** Twice, so that a reservation that another process was asking for at this very moment does not stay. */
export async function undoReservations(
  { manager, jobs }: Deciding,
  parts: readonly SupplierOrderEntity[],
): Promise<void> {
  for (const { id, isHouse } of parts) {
    if (!isHouse) continue;
    await jobs.send(manager, undoReservationJob, { supplierOrderId: id });
    await jobs.send(manager, undoReservationJob, { supplierOrderId: id }, { startAfter: straySeconds });
  }
}
