import type { Stripe } from 'stripe';
import { syncIntent } from '../apply-intent.ts';
import { syncDispute } from '../dispute/apply-dispute.ts';
import type { LedgerAccountName } from '../ledger/ledger-entry.entity.ts';
import { postMovement } from '../ledger/post-movement.ts';
import type { StripeBooks } from '../payment-books.ts';
import { syncPayout } from '../payout/apply-payout.ts';
import { syncRefund } from '../refund/apply-refund.ts';
import { syncTransfer } from '../settlement/apply-transfer.ts';
import { idOf } from '../stripe-api.ts';

/** Movements that nothing of ours stands behind, and what stands on their other side. */
const others: Readonly<Record<string, LedgerAccountName>> = {
  stripe_fee: 'STRIPE_FEE',
  stripe_fx_fee: 'STRIPE_FEE',
  tax_fee: 'STRIPE_FEE',
  payout: 'BANK',
  payout_cancel: 'BANK',
  payout_failure: 'BANK',
  topup: 'BANK',
  topup_reversal: 'BANK',
};

/** Takes in a movement whose webhook was lost: by what it came of. What nobody here knows stays for people to look at. */
export async function heal(books: StripeBooks, transaction: Stripe.BalanceTransaction): Promise<void> {
  const { source } = transaction;
  if (source && typeof source === 'object' && (await healSource(books, source))) return;
  const account = others[transaction.type];
  if (account) await postMovement(books.manager, { transaction, kind: transaction.type.toUpperCase(), account });
}

function healSource(books: StripeBooks, source: Stripe.BalanceTransactionSource): Promise<boolean> {
  const nothing = Promise.resolve(false);
  switch (source.object) {
    case 'charge': {
      const intent = idOf(source.payment_intent);
      return intent ? syncIntent(books, intent) : nothing;
    }
    case 'refund':
      return syncRefund(books, source.id);
    case 'transfer':
      return syncTransfer(books, source.id);
    case 'transfer_reversal':
      return syncTransfer(books, idOf(source.transfer) ?? '');
    case 'dispute':
      return syncDispute(books, source.id);
    case 'payout':
      return syncPayout(books, source.id);
    default:
      return nothing;
  }
}
