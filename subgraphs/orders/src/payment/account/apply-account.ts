import { inTransaction } from '@gastronom/shared/database/transaction';
import type { Stripe } from 'stripe';
import { PaymentRepository } from '../payment.repository.ts';
import type { Books, StripeBooks } from '../payment-books.ts';
import { makeTransferJob } from '../payment-jobs.ts';
import { PaymentAccountRepository } from './payment-account.repository.ts';

/** Asks Stripe how a supplier's account stands. */
export async function syncAccount(books: StripeBooks, stripeId: string): Promise<boolean> {
  if (!(await new PaymentAccountRepository(books.manager).findByStripe(stripeId))) return false;
  return applyAccount(books, await books.stripe.accounts.retrieve(stripeId));
}

/** Takes in what Stripe says of an account; once it can be sent money, it is sent what waited. */
export function applyAccount(books: Books, account: Stripe.Account): Promise<boolean> {
  return inTransaction(books.manager, async (manager) => {
    const accounts = new PaymentAccountRepository(manager);
    const row = await accounts.findByStripe(account.id);
    if (!row) return false;
    const now = new Date(books.clock());
    const transfersEnabled = account.capabilities?.transfers === 'active';
    await accounts.update(row.id, {
      detailsSubmitted: account.details_submitted,
      chargesEnabled: account.charges_enabled,
      payoutsEnabled: account.payouts_enabled,
      transfersEnabled,
      currentlyDue: account.requirements?.currently_due ?? [],
      disabledReason: account.requirements?.disabled_reason ?? null,
      checkedAt: now,
    });
    if (!transfersEnabled || row.transfersEnabled) return true;
    const later = new Date(now.getTime() + 1);
    for (const { id } of await new PaymentRepository(manager).untransferred(later, row.organizationId))
      await books.jobs.send(manager, makeTransferJob, { partId: id });
    return true;
  });
}
