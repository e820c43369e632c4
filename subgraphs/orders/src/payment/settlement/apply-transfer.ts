import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { Stripe } from 'stripe';
import { postMovement } from '../ledger/post-movement.ts';
import { PaymentRepository } from '../payment.repository.ts';
import type { Books, StripeBooks } from '../payment-books.ts';
import type { HeldPart } from '../payment-split.ts';
import { idOf, wholeOf } from '../stripe-api.ts';
import { ensureReversal } from './owed.ts';
import { ReversalRepository } from './reversal.repository.ts';

export const transferExpansions = ['balance_transaction'];

/** Asks Stripe how a transfer stands, with all that came back of it. */
export async function syncTransfer(books: StripeBooks, transferId: string): Promise<boolean> {
  const { stripe } = books;
  const transfer = await stripe.transfers.retrieve(transferId, { expand: transferExpansions });
  if (!(await applyTransfer(books, transfer))) return false;
  if (transfer.amount_reversed === 0) return true;
  const expand = transferExpansions.map((field) => `data.${field}`);
  for await (const reversal of stripe.transfers.listReversals(transferId, { limit: 100, expand }))
    await applyReversal(books, reversal);
  return true;
}

async function holdPartOf({ manager }: Books, partId: string | undefined): Promise<HeldPart | null> {
  const payments = new PaymentRepository(manager);
  if (!partId || !isUUID(partId) || !(await payments.findPart(partId))) return null;
  return payments.lockOfPart(partId);
}

/** Notes that a supplier was sent its money. What is not owed any more by then is asked back. */
export function applyTransfer(books: Books, transfer: Stripe.Transfer): Promise<boolean> {
  return inTransaction(books.manager, async (manager) => {
    const held = await holdPartOf({ ...books, manager }, transfer.metadata.partId);
    if (!held || (held.part.transferId !== null && held.part.transferId !== transfer.id)) return false;
    const { payment, part } = held;
    if (!part.transferId) {
      part.transferId = transfer.id;
      part.transferAmount = BigInt(transfer.amount);
      const { transferId, transferAmount } = part;
      await new PaymentRepository(manager).updatePart(part.id, { transferId, transferAmount, transferFailure: null });
    }
    await ensureReversal({ ...books, manager }, part);
    const transaction = wholeOf(transfer.balance_transaction);
    if (transaction)
      await postMovement(manager, {
        transaction,
        kind: 'TRANSFER',
        account: 'SUPPLIER',
        party: part.organizationId,
        paymentId: payment.id,
        original: { amount: -BigInt(transfer.amount), currency: transfer.currency.toUpperCase() },
      });
    return true;
  });
}

/** Notes what a supplier gave back; a reversal made in Stripe's own dashboard is taken in. */
export function applyReversal(books: Books, reversal: Stripe.TransferReversal): Promise<boolean> {
  return inTransaction(books.manager, async (manager) => {
    const payments = new PaymentRepository(manager);
    const found = await payments.findPartOfTransfer(idOf(reversal.transfer) ?? '');
    if (!found) return false;
    const { payment, part } = await payments.lockOfPart(found.id);
    const reversals = new ReversalRepository(manager);
    const ownId = reversal.metadata?.reversalId;
    const known = await reversals.findByStripe(part.id, reversal.id, ownId && isUUID(ownId) ? ownId : undefined);
    if (!known) await reversals.insert(part, BigInt(reversal.amount), reversal.id);
    else if (!known.stripeId) await reversals.update(known.id, { stripeId: reversal.id, failure: null });
    const transaction = wholeOf(reversal.balance_transaction);
    if (transaction)
      await postMovement(manager, {
        transaction,
        kind: 'REVERSAL',
        account: 'SUPPLIER',
        party: part.organizationId,
        paymentId: payment.id,
        original: { amount: BigInt(reversal.amount), currency: reversal.currency.toUpperCase() },
      });
    return true;
  });
}
