import type { OrderStatus } from '../order/order.entity.ts';
import type { Party } from './party.ts';
import type { SupplierOrderStatus } from './supplier-order.entity.ts';

export type DeliveryStatus = 'MARKED' | 'CORRECTED';

/** What moves a machine. Those of the product itself are no mutations. */
export type Command =
  | 'PLACE'
  | 'REFUSE'
  | 'REQUEST_APPROVAL'
  | 'AWAIT_PAYMENT'
  | 'CONFIRM'
  | 'REJECT'
  | 'SHIP'
  | 'CANCEL'
  | 'MARK_DELIVERED'
  | 'CORRECT_DELIVERY'
  | 'COMPLETE';

export interface Transition<Status extends string = string> {
  readonly from: Status;
  readonly to: Status;
  readonly command: Command;
  readonly by: readonly Party[];
  /** What else has to hold, for people. */
  readonly condition: string | null;
}

interface Step<Status extends string> {
  readonly from: readonly Status[];
  readonly to: readonly Status[];
  readonly by: readonly Party[];
  readonly condition?: string;
}

const spread = <Status extends string>(command: Command, step: Step<Status>): Transition<Status>[] =>
  step.from.flatMap((from) =>
    step.to.map((to) => ({ from, to, command, by: step.by, condition: step.condition ?? null })),
  );

const unshipped: readonly SupplierOrderStatus[] = ['PLACED', 'CONFIRMED', 'PARTLY_CONFIRMED'];

/** The way of a supplier's order. What stands here may happen, and nothing else. */
export const supplierOrderTransitions: readonly Transition<SupplierOrderStatus>[] = [
  ...spread<SupplierOrderStatus>('PLACE', { from: ['PENDING'], to: ['PLACED'], by: ['SYSTEM'] }),
  ...spread<SupplierOrderStatus>('REFUSE', { from: ['PENDING'], to: ['REFUSED'], by: ['SYSTEM'] }),
  ...spread<SupplierOrderStatus>('CONFIRM', {
    from: ['PLACED'],
    to: ['CONFIRMED', 'PARTLY_CONFIRMED'],
    by: ['SUPPLIER'],
  }),
  ...spread<SupplierOrderStatus>('REJECT', {
    from: ['PLACED'],
    to: ['REJECTED'],
    by: ['SUPPLIER'],
    condition: 'with a reason',
  }),
  ...spread<SupplierOrderStatus>('SHIP', {
    from: unshipped,
    to: ['SHIPPED'],
    by: ['SUPPLIER'],
    condition: 'what was not confirmed counts as promised in full, a substitute without an answer as declined',
  }),
  ...spread<SupplierOrderStatus>('CANCEL', {
    from: unshipped,
    to: ['CANCELLED'],
    by: ['BUYER', 'SUPPLIER', 'STAFF'],
    condition: 'the buyer as long as the supplier’s terms allow it (`cancelUntil`), the others with a reason',
  }),
  ...spread<SupplierOrderStatus>('MARK_DELIVERED', {
    from: [...unshipped, 'SHIPPED', 'PARTLY_DELIVERED'],
    to: ['DELIVERED'],
    by: ['BUYER', 'SUPPLIER', 'STAFF'],
    condition: 'all of the promised came, or no rest follows',
  }),
  ...spread<SupplierOrderStatus>('MARK_DELIVERED', {
    from: [...unshipped, 'SHIPPED', 'PARTLY_DELIVERED'],
    to: ['PARTLY_DELIVERED'],
    by: ['BUYER', 'SUPPLIER', 'STAFF'],
    condition: 'a rest follows',
  }),
];

/** The way of an order as a whole. Once placed, it follows its parts. */
export const orderTransitions: readonly Transition<OrderStatus>[] = [
  ...spread<OrderStatus>('REQUEST_APPROVAL', { from: ['PLACING'], to: ['AWAITING_APPROVAL'], by: ['SYSTEM'] }),
  ...spread<OrderStatus>('AWAIT_PAYMENT', { from: ['PLACING'], to: ['AWAITING_PAYMENT'], by: ['SYSTEM'] }),
  ...spread<OrderStatus>('PLACE', { from: ['PLACING'], to: ['PLACED'], by: ['SYSTEM'] }),
  ...spread<OrderStatus>('AWAIT_PAYMENT', {
    from: ['AWAITING_APPROVAL'],
    to: ['AWAITING_PAYMENT'],
    by: ['SYSTEM'],
    condition: 'an admin of the buyer approved it',
  }),
  ...spread<OrderStatus>('PLACE', {
    from: ['AWAITING_APPROVAL'],
    to: ['PLACED'],
    by: ['SYSTEM'],
    condition: 'an admin of the buyer approved it',
  }),
  ...spread<OrderStatus>('PLACE', {
    from: ['AWAITING_PAYMENT'],
    to: ['PLACED'],
    by: ['SYSTEM'],
    condition: 'it was paid',
  }),
  ...spread<OrderStatus>('REFUSE', {
    from: ['PLACING', 'AWAITING_APPROVAL', 'AWAITING_PAYMENT'],
    to: ['REFUSED'],
    by: ['SYSTEM'],
    condition: 'nothing could be reserved, or it was not approved or paid in time',
  }),
  ...spread<OrderStatus>('COMPLETE', {
    from: ['PLACED'],
    to: ['COMPLETED'],
    by: ['SYSTEM'],
    condition: 'no part is open any more, and one was delivered',
  }),
  ...spread<OrderStatus>('CANCEL', {
    from: ['PLACED'],
    to: ['CANCELLED'],
    by: ['SYSTEM'],
    condition: 'no part is open any more, and none was delivered',
  }),
];

/** The way of one delivery. */
export const deliveryTransitions: readonly Transition<DeliveryStatus>[] = spread<DeliveryStatus>('CORRECT_DELIVERY', {
  from: ['MARKED', 'CORRECTED'],
  to: ['CORRECTED'],
  by: ['BUYER', 'STAFF'],
  condition: 'the buyer within DELIVERY_CORRECTION_HOURS, staff at any time; with a reason',
});

/** The statuses behind which a part is over. */
const ended: ReadonlySet<SupplierOrderStatus> = new Set(['REFUSED', 'REJECTED', 'DELIVERED', 'CANCELLED']);

/** What an order that was placed is as a whole, by what became of its parts. */
export function statusOfParts(parts: readonly SupplierOrderStatus[]): 'PLACED' | 'COMPLETED' | 'CANCELLED' {
  if (parts.some((status) => !ended.has(status))) return 'PLACED';
  return parts.includes('DELIVERED') ? 'COMPLETED' : 'CANCELLED';
}
