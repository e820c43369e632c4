import type { OrdersContext } from '../context.ts';
import { readReason, readText } from './quantity.ts';
import { refuse } from './refusal.ts';
import type { SupplierOrderEntity, SupplierOrderStatus } from './supplier-order.entity.ts';
import {
  type CommandTarget,
  commandSupplierOrder,
  type PartInHand,
  type SupplierOrderOutcome,
} from './supplier-order-command.ts';

export interface ReasonedCommand extends CommandTarget {
  readonly reason?: string | null | undefined;
}

export interface ShipCommand extends CommandTarget {
  readonly trackingNote?: string | null | undefined;
}

const isAt =
  (status: SupplierOrderStatus) =>
  ({ part }: PartInHand): boolean =>
    part.status === status;

/** The supplier will not deliver any of it. */
export function rejectSupplierOrder(context: OrdersContext, command: ReasonedCommand): Promise<SupplierOrderOutcome> {
  return commandSupplierOrder(context, command, {
    isDone: isAt('REJECTED'),
    async run(hand) {
      const party = hand.partyFor('REJECT');
      const reason = readReason(command.reason);
      const part = await hand.take(party, { to: 'REJECTED', reason });
      await hand.audit('supplier-order.reject', reason, part);
      return part;
    },
  });
}

/** It is on its way. What was not confirmed by then is promised in full. */
export function shipSupplierOrder(context: OrdersContext, command: ShipCommand): Promise<SupplierOrderOutcome> {
  return commandSupplierOrder(context, command, {
    isDone: isAt('SHIPPED'),
    async run(hand) {
      const party = hand.partyFor('SHIP');
      const trackingNote = readText(command.trackingNote, ['trackingNote']);
      await settlePromises(hand);
      const { at } = hand.stepping;
      return hand.take(party, { to: 'SHIPPED', set: { shippedAt: at, trackingNote } });
    },
  });
}

/** Calls it off: the buyer as the terms allow it, the others with a reason. */
export function cancelSupplierOrder(context: OrdersContext, command: ReasonedCommand): Promise<SupplierOrderOutcome> {
  return commandSupplierOrder(context, command, {
    isDone: isAt('CANCELLED'),
    async run(hand) {
      const party = hand.partyFor('CANCEL');
      if (party === 'BUYER') checkCancellable(hand.part, hand.stepping.at);
      const reason = party === 'BUYER' ? readText(command.reason, ['reason']) : readReason(command.reason);
      const part = await hand.take(party, { to: 'CANCELLED', reason, set: { cancelledAt: hand.stepping.at } });
      await hand.audit('supplier-order.cancel', reason, part);
      return part;
    },
  });
}

type Terms = Pick<SupplierOrderEntity, 'status' | 'cancelUntil' | 'cutOffAt' | 'number'>;

/** Until when the buyer may call it off: the cut-off, where there is one, or the supplier's next step. */
export function isCancellable({ status, cancelUntil, cutOffAt }: Terms, at: Date): boolean {
  if (cancelUntil === 'SHIPPED') return true;
  if (cancelUntil === 'CUT_OFF' && cutOffAt) return at < cutOffAt;
  return status === 'PLACED';
}

function checkCancellable(part: Terms, at: Date): void {
  if (isCancellable(part, at)) return;
  const until = part.cancelUntil === 'CUT_OFF' && part.cutOffAt ? part.cutOffAt.toISOString() : 'it was confirmed';
  throw refuse('TOO_LATE', ['supplierOrderId'], `${part.number} could be cancelled until ${until}: ask the supplier.`);
}

/** Lines that the supplier said nothing of are promised as they were ordered; a question unanswered is a no. */
export async function settlePromises({ lines, repository }: PartInHand): Promise<void> {
  for (const { id, quantity, confirmedQuantity, substituteStatus } of lines) {
    if (substituteStatus === 'PROPOSED')
      await repository.updateLine(id, { substituteStatus: 'DECLINED', confirmedQuantity: '0' });
    else if (confirmedQuantity === null) await repository.updateLine(id, { confirmedQuantity: quantity });
  }
}
