import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { toNumber } from '../amount.ts';
import { callOnce } from '../call-once.ts';
import { PaymentRepository } from '../payment.repository.ts';
import type { StripeBooks } from '../payment-books.ts';
import { implementPaymentJob } from '../payment-job.ts';
import { makeReversalJob } from '../payment-jobs.ts';
import { applyReversal, transferExpansions } from './apply-transfer.ts';
import { ReversalRepository } from './reversal.repository.ts';

export const createMakeReversal = (environment: SubgraphEnvironment): JobImplementation =>
  implementPaymentJob(environment, makeReversalJob, (context, { reversalId }) => makeReversal(context, reversalId));

/** Asks a supplier's account for what it was sent too much. Stripe refuses while the account has too little: later again. */
export async function makeReversal(books: StripeBooks, reversalId: string): Promise<void> {
  const { stripe, manager, clock } = books;
  const reversals = new ReversalRepository(manager);
  const reversal = await reversals.find(reversalId);
  const part = reversal && (await new PaymentRepository(manager).findPart(reversal.partId));
  if (!reversal || reversal.stripeId || !part?.transferId) return;
  const { transferId } = part;
  await reversals.update(reversalId, { triedAt: new Date(clock()) });
  const made = await callOnce({
    again: reversal.triedAt !== null,
    async find() {
      const expand = transferExpansions.map((field) => `data.${field}`);
      for await (const one of stripe.transfers.listReversals(transferId, { limit: 100, expand }))
        if (one.metadata?.reversalId === reversalId) return one;
      return null;
    },
    make: () =>
      stripe.transfers.createReversal(
        transferId,
        { amount: toNumber(reversal.amount), metadata: { reversalId }, expand: transferExpansions },
        { idempotencyKey: `reversal:${reversalId}:${reversal.try}` },
      ),
    failed: (failure) => reversals.endTry(reversalId, reversal.try, failure),
  });
  if (made) await applyReversal(books, made);
}
