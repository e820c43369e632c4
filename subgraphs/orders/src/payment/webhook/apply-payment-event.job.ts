import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { syncAccount } from '../account/apply-account.ts';
import { syncIntent } from '../apply-intent.ts';
import { syncDispute } from '../dispute/apply-dispute.ts';
import type { StripeBooks } from '../payment-books.ts';
import { implementPaymentJob } from '../payment-job.ts';
import { applyPaymentEventJob } from '../payment-jobs.ts';
import { syncPayout } from '../payout/apply-payout.ts';
import { syncRefund } from '../refund/apply-refund.ts';
import { syncTransfer } from '../settlement/apply-transfer.ts';
import { codeOf } from '../stripe-api.ts';
import type { PaymentEventEntity } from './payment-event.entity.ts';
import { PaymentEventRepository } from './payment-event.repository.ts';

type Sync = (books: StripeBooks, objectId: string) => Promise<boolean>;

/** By the first words of an event's type, the longest first. Each asks how the thing is now: order does not matter. */
const syncs: readonly (readonly [string, Sync])[] = [
  ['charge.dispute.', syncDispute],
  ['charge.refund.', syncRefund],
  ['charge.', syncIntent],
  ['payment_intent.', syncIntent],
  ['refund.', syncRefund],
  ['transfer.', syncTransfer],
  ['payout.', syncPayout],
  ['account.updated', syncAccount],
];

export const createApplyPaymentEvent = (environment: SubgraphEnvironment): JobImplementation =>
  implementPaymentJob(environment, applyPaymentEventJob, async (context, { eventId }) => {
    const events = new PaymentEventRepository(context.manager);
    const event = await events.find(eventId);
    if (event?.outcome !== 'WAITING') return;
    await events.settle(eventId, (await applyEvent(context, event)) ? 'APPLIED' : 'IGNORED');
  });

/** What happens in a supplier's own account is the supplier's, but for how the account itself stands. */
async function applyEvent(books: StripeBooks, { type, objectId, account }: PaymentEventEntity): Promise<boolean> {
  const isElsewhere = account !== null && !type.startsWith('account.');
  const sync = syncs.find(([start]) => type.startsWith(start))?.[1];
  if (!sync || isElsewhere) return false;
  try {
    return await sync(books, objectId);
  } catch (error) {
    // Of another installation at the same Stripe account, or of another mode of it.
    if (codeOf(error) === 'resource_missing') return false;
    throw error;
  }
}
