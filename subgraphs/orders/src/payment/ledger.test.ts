import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stripe } from 'stripe';
import { CardOrders } from './testing/card-orders.ts';
import { happenings } from './testing/happening.ts';
import { people } from './testing/people.ts';
import { RandomDay } from './testing/random-day.ts';

let cards: CardOrders;

beforeAll(async () => {
  cards = await CardOrders.open();
});
afterAll(() => cards.close());

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** The network is well again, suppliers have their accounts, banks have decided, and a night goes by. */
async function comeToRest(): Promise<void> {
  const { stripe } = cards;
  stripe.calm();
  for (const who of ['fiona', 'dora'] as const) await cards.onboard(people[who]);
  for (const { id, status } of stripe.all<Stripe.Dispute>('dispute'))
    if (status === 'needs_response') stripe.closeDispute(id, 'lost');
  // Whatever is still to be told is lost.
  await stripe.deliver({ lose: () => true });
  for (let night = 0; night < 3; night += 1) {
    cards.now += 12 * 3_600_000;
    await cards.run('check-payments');
    await cards.finish();
    await cards.run('reconcile-payments');
    await cards.finish();
  }
}

/** What was paid, and what became of it, by Stripe's own books. */
function atStripe() {
  const { stripe } = cards;
  const charges = stripe.all<Stripe.Charge>('charge');
  const refunds = stripe.all<Stripe.Refund>('refund').filter(({ status }) => status !== 'failed');
  const lost = stripe.all<Stripe.Dispute>('dispute').filter(({ status }) => status !== 'won');
  return {
    overpaid: charges.filter(
      ({ id, amount }) =>
        sum(refunds.filter(({ charge }) => charge === id).map((refund) => refund.amount)) +
          sum(lost.filter(({ charge }) => charge === id).map((dispute) => dispute.amount)) >
        amount,
    ),
    chargedTwice: charges.length - new Set(charges.map(({ metadata }) => metadata.orderId)).size,
    refundedTwice: refunds.length - new Set(refunds.map(({ metadata }) => metadata?.refundId)).size,
    sentTwice:
      stripe.all<Stripe.Transfer>('transfer').length -
      new Set(stripe.all<Stripe.Transfer>('transfer').map(({ metadata }) => metadata.partId)).size,
  };
}

const unbalanced = () =>
  cards.graph.ownerQuery(
    'SELECT posting_id FROM orders.ledger_entries GROUP BY posting_id, currency HAVING sum(amount) <> 0',
  );

/** Suppliers that have another amount than they are owed. */
const illPaid = () =>
  cards.graph.ownerQuery(
    `SELECT id, owed_amount, transfer_amount, reversed_amount, transfer_failure FROM orders.payment_parts
     WHERE NOT is_house AND owed_amount <> coalesce(CASE WHEN transfer_id IS NOT NULL THEN transfer_amount END, 0) - reversed_amount`,
  );

/** Orders that are over and were paid, and whose money did not go back; and such as stand and were not paid. */
const stranded = () =>
  cards.graph.ownerQuery(
    `SELECT o.id, o.status, p.status AS payment FROM orders.orders o JOIN orders.payments p ON p.order_id = o.id
     WHERE (o.status = 'REFUSED' AND p.succeeded_at IS NOT NULL AND p.refunded_amount < p.amount)
        OR (o.status = 'PLACED' AND p.succeeded_at IS NULL) OR p.status = 'PENDING'`,
  );

const lastFindings = () =>
  cards.graph.ownerQuery(
    `SELECT f.kind, f.type, f.ours, f.theirs FROM orders.payment_findings f JOIN orders.payment_reconciliations r
       ON r.id = f.reconciliation_id
     WHERE r.id = (SELECT id FROM orders.payment_reconciliations ORDER BY finished_at DESC, id DESC LIMIT 1)`,
  );

describe('the ledger', () => {
  it('balances, agrees with Stripe, and pays nobody twice, whatever happens on a day', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (day) => {
        for (const { id } of cards.stripe.all<Stripe.Account>('account')) cards.stripe.restrict(id);
        await cards.stripe.deliver();
        await cards.finish();
        const one = new RandomDay(cards);
        for (const happening of day) await one.happen(happening);
        await comeToRest();

        const ledger = await cards.ledger();
        expect(sum(Object.values(ledger))).toBe(0);
        expect(ledger.STRIPE ?? 0).toBe(cards.stripe.balance('eur'));
        expect(ledger.SUPPLIER ?? 0).toBe(0);
        expect(ledger.DISPUTES ?? 0).toBe(0);
        expect(atStripe()).toEqual({ overpaid: [], chargedTwice: 0, refundedTwice: 0, sentTwice: 0 });
        expect(await unbalanced()).toEqual([]);
        expect(await illPaid()).toEqual([]);
        expect(await stranded()).toEqual([]);
        expect(await lastFindings()).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });
});
