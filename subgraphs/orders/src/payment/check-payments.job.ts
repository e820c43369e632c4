import { inTransaction } from '@gastronom/shared/database/transaction';
import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { OrdersContext } from '../context.ts';
import { abandonUnpaid } from '../placement/paid-order.ts';
import { syncAccount } from './account/apply-account.ts';
import { PaymentAccountRepository } from './account/payment-account.repository.ts';
import { syncIntent } from './apply-intent.ts';
import { syncDispute } from './dispute/apply-dispute.ts';
import { DisputeRepository } from './dispute/dispute.repository.ts';
import { PaymentRepository } from './payment.repository.ts';
import type { StripeBooks } from './payment-books.ts';
import { implementPaymentJob } from './payment-job.ts';
import { checkPaymentsJob, makeRefundJob, makeReversalJob, makeTransferJob } from './payment-jobs.ts';
import { RefundRepository } from './refund/refund.repository.ts';
import { ReversalRepository } from './settlement/reversal.repository.ts';

const minute = 60_000;

export type CheckingBooks = StripeBooks & Pick<OrdersContext, 'settings'>;

export const createCheckPayments = (environment: SubgraphEnvironment): JobImplementation =>
  implementPaymentJob(environment, checkPaymentsJob, (context) => checkPayments(context));

/** Asks after what Stripe should have told and did not, and takes up again what was given up. */
export async function checkPayments(books: CheckingBooks): Promise<void> {
  const { manager, jobs, clock } = books;
  const before = (minutes: number) => new Date(clock() - minutes * minute);
  const asked: (() => Promise<unknown>)[] = [
    ...(await new PaymentRepository(manager).unchecked(before(5))).map(
      ({ intentId }) =>
        () =>
          syncIntent(books, intentId ?? ''),
    ),
    ...(await new DisputeRepository(manager).open(before(360))).map(
      ({ id }) =>
        () =>
          syncDispute(books, id),
    ),
    ...(await new PaymentAccountRepository(manager).unready(before(60))).map(
      ({ stripeId }) =>
        () =>
          stripeId ? syncAccount(books, stripeId) : Promise.resolve(false),
    ),
  ];
  await Promise.all([
    ...(await new RefundRepository(manager).open({ triedBefore: before(60) })).map(({ id }) =>
      jobs.send(manager, makeRefundJob, { refundId: id }),
    ),
    ...(await new PaymentRepository(manager).untransferred(before(360))).map(({ id }) =>
      jobs.send(manager, makeTransferJob, { partId: id }),
    ),
    ...(await new ReversalRepository(manager).unmade(before(360))).map(({ id }) =>
      jobs.send(manager, makeReversalJob, { reversalId: id }),
    ),
  ]);
  await abandonUnasked(books);
  await inTurn(books, asked);
}

/** Orders that wait for a card, and of which nobody ever asked how to pay: they come to nothing like the others. */
async function abandonUnasked({ manager, jobs, clock, settings }: CheckingBooks): Promise<void> {
  const before = new Date(clock() - settings.PAYMENT_MINUTES * minute);
  for (const orderId of await new PaymentRepository(manager).unasked(before))
    await inTransaction(manager, async (inside) => {
      const [payment] = await new PaymentRepository(inside).ofOrders([orderId]);
      if (!payment) await abandonUnpaid({ manager: inside, jobs, at: new Date(clock()) }, orderId);
    });
}

/** One that fails keeps none of the others back, and comes round again. */
async function inTurn({ logger }: StripeBooks, asked: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const ask of asked) await ask().catch((error: unknown) => failures.push(error));
  if (failures.length === 0) return;
  logger.warn({ err: failures[0], failed: failures.length, of: asked.length }, 'some payments could not be checked');
}
