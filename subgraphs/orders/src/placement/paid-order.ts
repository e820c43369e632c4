import type { OrderEntity } from '../order/order.entity.ts';
import { PlacementRepository } from './placement.repository.ts';
import { type Deciding, refuseOrder, standOrder } from './stand-order.ts';

/** `PLACED`: it stands, by this or before. `TOO_LATE`: it came to nothing meanwhile, and the money has to go back. */
export type PaidOutcome = 'PLACED' | 'TOO_LATE';

const standing: readonly OrderEntity['status'][] = ['PLACED', 'COMPLETED', 'CANCELLED'];

/** The order is paid: it stands. In the caller's transaction; may be said again. */
export async function confirmPaid(deciding: Deciding, orderId: string): Promise<PaidOutcome> {
  const order = await new PlacementRepository(deciding.manager).lock(orderId);
  if (order && standing.includes(order.status)) return 'PLACED';
  if (order?.status !== 'AWAITING_PAYMENT') return 'TOO_LATE';
  await standOrder(deciding, order);
  return 'PLACED';
}

/** Nobody paid in time: the order comes to nothing, its goods go back. In the caller's transaction; may be said again. */
export async function abandonUnpaid(deciding: Deciding, orderId: string): Promise<void> {
  const order = await new PlacementRepository(deciding.manager).lock(orderId);
  if (order?.status === 'AWAITING_PAYMENT') await refuseOrder(deciding, order, 'NOT_PAID');
}
