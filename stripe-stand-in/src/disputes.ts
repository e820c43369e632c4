import type { Stripe } from 'stripe';
import { disputeOf } from './objects.ts';
import { invalid } from './stripe-error.ts';
import type { Vault } from './vault.ts';

export const disputeFee = 1500;

export const disputesOf = (vault: Vault, chargeId: string): Stripe.Dispute[] =>
  vault.all<Stripe.Dispute>('dispute').filter(({ charge }) => charge === chargeId);

/** What the bank took of a charge, and has not given back. */
export const lostOf = (vault: Vault, chargeId: string): number =>
  disputesOf(vault, chargeId)
    .filter(({ status }) => status !== 'won')
    .reduce((sum, { amount }) => sum + amount, 0);

/** The buyer asks the bank for the money back; the bank takes it at once. */
export function openDispute(vault: Vault, chargeId: string, given?: number): Stripe.Dispute {
  const charge = vault.get<Stripe.Charge>('charge', chargeId);
  const left = charge.amount - charge.amount_refunded - lostOf(vault, chargeId);
  const amount = Math.min(given ?? left, left);
  if (amount <= 0) throw invalid('There is nothing left to be disputed.');
  const id = vault.newId('dp');
  const posted = { amount: -amount, currency: charge.currency, source: id, type: 'adjustment', fee: disputeFee };
  const dispute = disputeOf({ id, amount, created: vault.now, balance_transactions: [vault.post(posted)] }, charge);
  charge.disputed = true;
  vault.put(dispute);
  vault.tell('charge.dispute.created', dispute);
  vault.tell('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

export function closeDispute(vault: Vault, disputeId: string, status: 'won' | 'lost'): void {
  const dispute = vault.get<Stripe.Dispute>('dispute', disputeId);
  const { amount, currency, id: source } = dispute;
  dispute.status = status;
  if (status === 'won') {
    dispute.balance_transactions.push(vault.post({ amount, currency, source, type: 'adjustment' }));
    vault.tell('charge.dispute.funds_reinstated', dispute);
  }
  vault.tell('charge.dispute.closed', dispute);
}
