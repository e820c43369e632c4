import { inTransaction } from '@gastronom/shared/database/transaction';
import { implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../context.ts';
import { abandonUnpaid, confirmPaid } from '../placement/paid-order.ts';
import { PaymentRepository } from './payment.repository.ts';
import type { Books } from './payment-books.ts';
import { concludePaymentJob } from './payment-jobs.ts';
import { refundWhole } from './refund/refund.service.ts';

export function createConcludePayment(environment: SubgraphEnvironment): JobImplementation {
  return implementJob(concludePaymentJob, ({ id, payload }) => {
    const context = internalContext(environment, id);
    return concludePayment(context, payload.paymentId);
  });
}

/** Tells the order how its payment ended. Money that comes for an order that is over goes back. */
export function concludePayment(books: Books, paymentId: string): Promise<void> {
  return inTransaction(books.manager, async (manager) => {
    const payments = new PaymentRepository(manager);
    if (!(await payments.find(paymentId))) return;
    const payment = await payments.lock(paymentId);
    const deciding = { manager, jobs: books.jobs, at: new Date(books.clock()) };
    // All may have been given back before the order heard of its payment, and a part of it: then the order stands.
    const isGone = payment.status === 'CANCELLED' || payment.refundedAmount >= payment.amount;
    if (isGone) return abandonUnpaid(deciding, payment.orderId);
    if (!payment.succeededAt) return;
    if ((await confirmPaid(deciding, payment.orderId)) === 'PLACED') return;
    const reason = 'Paid after the order had ended.';
    const requestedBy = 'internal:orders';
    await refundWhole({ ...books, manager }, payment, { source: 'LATE_PAYMENT', reason, requestedBy });
  });
}
