import type { EntityManager } from 'typeorm';
import type { Handover } from '../supplier-order/reservation.ts';
import { DeliveryRepository } from './delivery.repository.ts';

/** What left the house by all deliveries of an order: damaged or not, it is not on the shelf any more. */
export async function handoverOf(manager: EntityManager, supplierOrderId: string): Promise<Handover> {
  const { handedOverAt, lines } = await new DeliveryRepository(manager).getHandover(supplierOrderId);
  return { orderKey: supplierOrderId, handedOverAt: handedOverAt.toISOString(), lines };
}
