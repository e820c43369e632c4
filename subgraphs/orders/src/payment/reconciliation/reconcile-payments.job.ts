import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { Stripe } from 'stripe';
import { LedgerRepository, type PostedMovement } from '../ledger/ledger.repository.ts';
import type { StripeBooks } from '../payment-books.ts';
import { implementPaymentJob } from '../payment-job.ts';
import { reconcilePaymentsJob } from '../payment-jobs.ts';
import { idOf } from '../stripe-api.ts';
import { PaymentEventRepository } from '../webhook/payment-event.repository.ts';
import { heal } from './heal.ts';
import type { ReconciliationEntity } from './reconciliation.entity.ts';
import { type Finding, ReconciliationRepository } from './reconciliation.repository.ts';

const dayMs = 86_400_000;
/** Each night looks at a week, so that a night that failed is made good by the next. */
const lookBackMs = 7 * dayMs;
/** What moved this lately may be in hand. */
const inHandMs = 5 * 60_000;
const eventsKeptMs = 90 * dayMs;

export const createReconcilePayments = (environment: SubgraphEnvironment): JobImplementation =>
  implementPaymentJob(environment, reconcilePaymentsJob, async (context) => {
    await reconcile(context);
    await new PaymentEventRepository(context.manager).deleteBefore(new Date(context.clock() - eventsKeptMs));
  });

interface Comparison {
  readonly findings: readonly Finding[];
  readonly missingHere: readonly Stripe.BalanceTransaction[];
}

/** Compares our ledger with Stripe's balance, takes in what a lost webhook kept from us, and notes what is left over. */
export async function reconcile(books: StripeBooks): Promise<ReconciliationEntity> {
  const { manager, clock, logger } = books;
  // Stripe counts in whole seconds.
  const to = new Date(Math.floor((clock() - inHandMs) / 1000) * 1000);
  const from = new Date(to.getTime() - lookBackMs);
  const ledger = new LedgerRepository(manager);
  const theirs = await listTransactions(books, from, to);
  const first = compare(await ledger.movements(from, to), theirs);
  for (const transaction of first.missingHere)
    await heal(books, transaction).catch((err: unknown) =>
      logger.error({ err, transaction: transaction.id }, 'a movement of Stripe’s balance cannot be taken in'),
    );
  const { findings, missingHere } = compare(await ledger.movements(from, to), theirs);
  if (findings.length > 0) logger.error({ findings: findings.length }, 'our ledger and Stripe’s balance differ');
  const healed = first.missingHere.length - missingHere.length;
  return new ReconciliationRepository(manager).insert(
    { fromAt: from, toAt: to, compared: theirs.length, healed },
    findings,
  );
}

async function listTransactions({ stripe }: StripeBooks, from: Date, to: Date): Promise<Stripe.BalanceTransaction[]> {
  const created = { gte: from.getTime() / 1000, lt: to.getTime() / 1000 };
  const all: Stripe.BalanceTransaction[] = [];
  for await (const one of stripe.balanceTransactions.list({ created, limit: 100, expand: ['data.source'] }))
    all.push(one);
  return all;
}

function compare(ours: readonly PostedMovement[], theirs: readonly Stripe.BalanceTransaction[]): Comparison {
  const here = new Map(ours.map((movement) => [movement.balanceTransaction, movement]));
  const there = new Set(theirs.map(({ id }) => id));
  const missingHere = theirs.filter(({ id }) => !here.has(id));
  const onBoth = theirs.flatMap((transaction) => {
    const movement = here.get(transaction.id);
    return movement && !isSame(movement, transaction) ? [findingOf('DIFFERENT_AMOUNT', transaction, movement)] : [];
  });
  const missingThere = ours
    .filter(({ balanceTransaction }) => !there.has(balanceTransaction))
    .map(
      ({ balanceTransaction, kind, currency, units }): Finding => ({
        kind: 'MISSING_THERE',
        balanceTransaction,
        type: kind,
        source: null,
        currency,
        ours: BigInt(units),
        theirs: null,
      }),
    );
  const unknown = missingHere.map((transaction) => findingOf('MISSING_HERE', transaction));
  return { missingHere, findings: [...unknown, ...onBoth, ...missingThere] };
}

const isSame = ({ units, currency }: PostedMovement, { net, currency: theirs }: Stripe.BalanceTransaction): boolean =>
  BigInt(units) === BigInt(net) && (net === 0 || currency === theirs.toUpperCase());

const findingOf = (
  kind: Finding['kind'],
  { id, type, source, currency, net }: Stripe.BalanceTransaction,
  movement?: PostedMovement,
): Finding => ({
  kind,
  balanceTransaction: id,
  type,
  source: idOf(source),
  currency: currency.toUpperCase(),
  ours: movement ? BigInt(movement.units) : null,
  theirs: BigInt(net),
});
