import { inTransaction } from '@gastronom/shared/database/transaction';
import { implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../../context.ts';
import type { Books } from '../payment-books.ts';
import { refundEndedOrderJob } from '../payment-jobs.ts';
import { holdPart } from '../payment-split.ts';
import { refundPart } from './refund.service.ts';

/** What was cancelled or rejected is paid back, whoever did it. A back-order is split off as soon as it is told of. */
export function createRefundEndedOrder(environment: SubgraphEnvironment): JobImplementation {
  return implementJob(refundEndedOrderJob, async ({ id, payload: { data } }) => {
    const books = internalContext(environment, id);
    await refundEndedOrder(books, data);
  });
}

export function refundEndedOrder(
  books: Books,
  { supplierOrderId, to, reason }: { supplierOrderId: string; to: string; reason: string | null },
): Promise<void> {
  return inTransaction(books.manager, async (manager) => {
    const held = await holdPart(manager, supplierOrderId);
    if (!held || (to !== 'CANCELLED' && to !== 'REJECTED')) return;
    const { payment, part } = held;
    if (!payment.succeededAt || part.settledAt) return;
    const requestedBy = 'internal:orders';
    await refundPart({ ...books, manager }, payment, part, { amount: part.amount, source: to, reason, requestedBy });
  });
}
