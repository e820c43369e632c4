import { inTransaction } from '@gastronom/shared/database/transaction';
import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { Stripe } from 'stripe';
import { PaymentAccountRepository } from '../account/payment-account.repository.ts';
import { toNumber } from '../amount.ts';
import { transferGroupOf } from '../begin-payment.ts';
import { callOnce } from '../call-once.ts';
import { PaymentRepository } from '../payment.repository.ts';
import type { StripeBooks } from '../payment-books.ts';
import { implementPaymentJob } from '../payment-job.ts';
import { makeTransferJob } from '../payment-jobs.ts';
import type { HeldPart } from '../payment-split.ts';
import { RefundRepository } from '../refund/refund.repository.ts';
import { applyTransfer, transferExpansions } from './apply-transfer.ts';

export const createMakeTransfer = (environment: SubgraphEnvironment): JobImplementation =>
  implementPaymentJob(environment, makeTransferJob, (context, { partId }) => makeTransfer(context, partId));

interface Ready extends HeldPart {
  readonly destination: string;
  readonly again: boolean;
}

/** Sends a supplier what it is owed of an order; waits while its account is not ready or the bank has the money. */
export async function makeTransfer(books: StripeBooks, partId: string): Promise<void> {
  const ready = await inTransaction(books.manager, (manager) => prepare({ ...books, manager }, partId));
  const made = ready && (await createTransfer(books, ready));
  if (made) await applyTransfer(books, made);
}

async function prepare({ manager, clock }: StripeBooks, partId: string): Promise<Ready | null> {
  const payments = new PaymentRepository(manager);
  if (!(await payments.findPart(partId))) return null;
  const { payment, part } = await payments.lockOfPart(partId);
  if (part.transferId || part.isHouse || !part.organizationId || !payment.chargeId) return null;
  const amount = part.transferAmount ?? part.owedAmount;
  if (amount === 0n) return null;
  const account = await new PaymentAccountRepository(manager).findOf(part.organizationId);
  const disputes = await new RefundRepository(manager).disputes(payment.id);
  if (!account?.stripeId || !account.transfersEnabled || disputes.some(({ status }) => status === 'OPEN')) return null;
  const again = part.transferAmount !== null;
  // Fixed at the first try: under one key Stripe takes one amount. What is refunded meanwhile is asked back.
  part.transferAmount = amount;
  await payments.updatePart(part.id, { transferAmount: amount, triedAt: new Date(clock()) });
  return { payment, part, destination: account.stripeId, again };
}

function createTransfer(books: StripeBooks, ready: Ready): Promise<Stripe.Transfer | null> {
  const { stripe, manager } = books;
  const { payment, part, destination, again } = ready;
  const transferGroup = transferGroupOf(payment.orderId);
  return callOnce({
    again,
    async find() {
      const expand = transferExpansions.map((field) => `data.${field}`);
      for await (const one of stripe.transfers.list({ transfer_group: transferGroup, limit: 100, expand }))
        if (one.metadata.partId === part.id) return one;
      return null;
    },
    make: () =>
      stripe.transfers.create(
        {
          amount: toNumber(part.transferAmount ?? 0n),
          currency: payment.currency.toLowerCase(),
          destination,
          source_transaction: payment.chargeId ?? '',
          transfer_group: transferGroup,
          metadata: { partId: part.id, supplierOrderId: part.supplierOrderId, paymentId: payment.id },
          expand: transferExpansions,
        },
        { idempotencyKey: `transfer:${part.id}:${part.transferTry}` },
      ),
    failed: (failure) => new PaymentRepository(manager).endTransferTry(part, failure),
  });
}
