import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { EntityManager } from 'typeorm';
import type { SupplierParty } from '../events/parties.ts';
import { supplierOrderChanged } from '../events/supplier-order-changed.event.ts';
import type { OrderEntity } from '../order/order.entity.ts';
import { FulfilmentRepository, type HeldPart } from './fulfilment.repository.ts';
import type { Party } from './party.ts';
import type { SupplierOrderEntity, SupplierOrderStatus } from './supplier-order.entity.ts';
import { statusOfParts } from './transitions.ts';

/** Whose step it is, and when. */
export interface Stepping {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  readonly actor: string;
  readonly party: Party;
  readonly at: Date;
}

export interface Step {
  readonly to: SupplierOrderStatus;
  readonly reason?: string | null;
  /** What else becomes of the row. */
  readonly set?: Partial<SupplierOrderEntity>;
  readonly confirmed?: readonly { readonly lineId: string; readonly quantity: string }[];
}

export const buyerParty = ({ buyerKind, buyerId }: Pick<OrderEntity, 'buyerKind' | 'buyerId'>) => ({
  kind: buyerKind,
  id: buyerId,
});

export const supplierParty = (part: SupplierOrderEntity): SupplierParty => ({
  id: part.supplierId,
  organizationId: part.supplierOrganizationId,
  isHouse: part.isHouse,
});

/** One step of a part that is held: the row, its history, what the others are told, and the order as a whole. */
export async function takeStep(stepping: Stepping, held: HeldPart, step: Step): Promise<SupplierOrderEntity> {
  const repository = new FulfilmentRepository(stepping.manager);
  const part = await repository.update(held.part, { ...step.set, status: step.to });
  await tellStep(stepping, { ...held, part }, { ...step, from: held.part.status });
  const status = statusOfParts(await repository.listStatuses(held.order.id));
  const isPlaced = held.order.status === 'PLACED' || held.order.status === 'COMPLETED';
  if (isPlaced && status !== held.order.status) await repository.updateOrderStatus(held.order.id, status);
  return part;
}

/** Writes a step down and tells of it. */
export async function tellStep(
  { manager, jobs, actor, party, at }: Stepping,
  { order, part }: Pick<HeldPart, 'order' | 'part'>,
  { from, to, reason = null, confirmed }: Step & { readonly from: SupplierOrderStatus },
): Promise<void> {
  const repository = new FulfilmentRepository(manager);
  await repository.insertChange(part.id, { fromStatus: from, toStatus: to, actor, party, reason, at });
  await jobs.publish(manager, supplierOrderChanged, {
    supplierOrderId: part.id,
    number: part.number,
    orderId: order.id,
    buyer: buyerParty(order),
    supplier: supplierParty(part),
    from,
    to,
    at: at.toISOString(),
    actor,
    party,
    reason,
    ...(confirmed ? { confirmed: [...confirmed] } : {}),
  });
}
