import type { PaymentState } from '../events/payment-changed.event.ts';
import type { DisputeStatus } from './dispute/dispute.entity.ts';
import type { PaymentEntity } from './payment.entity.ts';

/** How a payment stands, for people: a card that was declined is not the end, and a bank may have the last word. */
export function stateOf(
  { status, failure }: Pick<PaymentEntity, 'status' | 'failure'>,
  disputes: readonly { readonly status: DisputeStatus }[],
): PaymentState {
  if (status === 'PENDING') return failure ? 'FAILED' : status;
  if (disputes.some((dispute) => dispute.status === 'OPEN')) return 'DISPUTED';
  return disputes.some((dispute) => dispute.status === 'LOST') ? 'CHARGED_BACK' : status;
}
