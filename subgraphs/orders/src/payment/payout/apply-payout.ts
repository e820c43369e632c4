import type { Stripe } from 'stripe';
import { postMovement } from '../ledger/post-movement.ts';
import type { Books, StripeBooks } from '../payment-books.ts';
import { wholeOf } from '../stripe-api.ts';

const expand = ['balance_transaction', 'failure_balance_transaction'];

export async function syncPayout(books: StripeBooks, id: string): Promise<boolean> {
  return applyPayout(books, await books.stripe.payouts.retrieve(id, { expand }));
}

/** What Stripe paid to our own bank, and what came back from there. */
export async function applyPayout({ manager }: Books, payout: Stripe.Payout): Promise<boolean> {
  const paid = wholeOf(payout.balance_transaction);
  if (paid) await postMovement(manager, { transaction: paid, kind: 'PAYOUT', account: 'BANK' });
  const returned = wholeOf(payout.failure_balance_transaction);
  if (returned) await postMovement(manager, { transaction: returned, kind: 'PAYOUT_FAILED', account: 'BANK' });
  return paid !== null || returned !== null;
}
