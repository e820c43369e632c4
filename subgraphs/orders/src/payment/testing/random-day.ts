import { randomUUID } from 'node:crypto';
import type { Fault } from '@gastronom/stripe-stand-in/fault';
import fc from 'fast-check';
import type { Stripe } from 'stripe';
import type { PartToPay, PlacedOrder, PlacedPart } from './card-order-rows.ts';
import type { CardOrders } from './card-orders.ts';
import { people } from './people.ts';

/** Something that happens on a day with payments. Numbers choose among what there is by then. */
export type Happening =
  | { readonly kind: 'order'; readonly parts: readonly PartToPay[] }
  | { readonly kind: 'pay' | 'decline' | 'abandon' | 'lose-reservation'; readonly which: number }
  | { readonly kind: 'deliver'; readonly which: number; readonly percent: number; readonly repeat: boolean }
  | { readonly kind: 'cancel' | 'onboard' | 'dispute' | 'end-dispute' | 'fail-refund'; readonly which: number }
  | { readonly kind: 'refund'; readonly which: number; readonly amount: string; readonly repeat: boolean }
  | { readonly kind: 'tell'; readonly order: 'in-order' | 'reversed'; readonly times: number; readonly lost: number }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly path: string }
  | { readonly kind: 'work' | 'check' };

const which = fc.nat(50);
const price = fc.integer({ min: 100, max: 20_000 }).map((cents) => (cents / 100).toFixed(2));
const part: fc.Arbitrary<PartToPay> = fc.record({
  supplier: fc.constantFrom('farm', 'dairy', 'house'),
  prices: fc.array(price, { minLength: 1, maxLength: 3 }),
  delivery: fc.constantFrom('0', '4.90'),
});
const faults: readonly Fault[] = ['cut', 'cut-after', 'conflict', 'rate-limit', 'broken', 'broken-after'];

const one = <Kind extends string>(...kinds: Kind[]) => fc.record({ kind: fc.constantFrom(...kinds), which });

const order = fc.record({
  kind: fc.constant('order' as const),
  parts: fc.array(part, { minLength: 1, maxLength: 3 }),
});
const tell = fc.record({
  kind: fc.constant('tell' as const),
  order: fc.constantFrom('in-order' as const, 'reversed' as const),
  times: fc.integer({ min: 1, max: 2 }),
  lost: fc.nat(3),
});
const deliver = fc.record({
  kind: fc.constant('deliver' as const),
  which,
  percent: fc.constantFrom(0, 33, 100),
  repeat: fc.boolean(),
});
const some = fc.integer({ min: 100, max: 5_000 }).map((cents) => (cents / 100).toFixed(2));
const refund = fc.record({ kind: fc.constant('refund' as const), which, amount: some, repeat: fc.boolean() });
const fault = fc.record({
  kind: fc.constant('fault' as const),
  fault: fc.constantFrom(...faults),
  path: fc.constantFrom('', 'transfers$', 'refunds$', 'reversals$'),
});
const going = fc.record({ kind: fc.constantFrom('work' as const, 'work' as const, 'check' as const) });

/** Some orders that are being paid, and whatever comes of them. */
export const happenings: fc.Arbitrary<Happening[]> = fc
  .tuple(
    // Suppliers whose accounts stand are paid within the day, so that refunds have something to take back.
    fc.subarray([0, 1]).map((accounts) => accounts.map((number) => ({ kind: 'onboard' as const, which: number }))),
    fc.array(fc.tuple(order, one('pay', 'pay', 'pay', 'decline')), { minLength: 1, maxLength: 4 }),
    fc.array(
      fc.oneof(
        { weight: 10, arbitrary: going },
        { weight: 8, arbitrary: deliver },
        { weight: 6, arbitrary: tell },
        { weight: 6, arbitrary: fault },
        { weight: 5, arbitrary: refund },
        { weight: 3, arbitrary: one('cancel', 'onboard') },
        { weight: 2, arbitrary: one('dispute', 'end-dispute', 'end-dispute', 'fail-refund') },
        { weight: 2, arbitrary: one('pay', 'abandon', 'lose-reservation') },
      ),
      { minLength: 15, maxLength: 50 },
    ),
  )
  .map(([onboarded, paid, later]) => [
    ...onboarded,
    ...paid.flat().map((happening, index) => aim(happening, index)),
    ...later,
  ]);

/** Each card at the beginning is for the order before it. */
const aim = (happening: Happening, index: number): Happening =>
  'which' in happening ? { ...happening, which: (index - 1) / 2 } : happening;

/** What there is so far on one day. */
export class RandomDay {
  readonly #cards: CardOrders;
  readonly orders: PlacedOrder[] = [];
  #cancelled = new Set<string>();

  constructor(cards: CardOrders) {
    this.#cards = cards;
  }

  get #parts(): PlacedPart[] {
    return this.orders.flatMap(({ parts }) => parts);
  }

  async happen(happening: Happening): Promise<void> {
    const { stripe } = this.#cards;
    switch (happening.kind) {
      case 'order':
        this.orders.push(await this.#cards.place(happening.parts));
        return;
      case 'pay':
      case 'decline':
        return this.#present(happening.kind, pick(this.orders, happening.which));
      case 'abandon':
        this.#cards.now += 26 * 60_000;
        return;
      case 'lose-reservation':
        return this.#loseReservation(pick(this.orders, happening.which));
      case 'deliver':
        return this.#deliver(pick(this.#parts, happening.which), happening.percent, happening.repeat);
      case 'cancel':
        return this.#cancel(pick(this.#parts, happening.which));
      case 'onboard':
        return this.#onboard(happening.which % 2 === 0 ? 'fiona' : 'dora');
      case 'dispute':
        return this.#dispute(happening.which);
      case 'end-dispute': {
        const open = stripe.all<Stripe.Dispute>('dispute').filter(({ status }) => status === 'needs_response');
        const dispute = pick(open, happening.which);
        if (dispute) stripe.closeDispute(dispute.id, happening.which % 3 === 0 ? 'won' : 'lost');
        return;
      }
      case 'fail-refund': {
        const refund = pick(
          stripe.all<Stripe.Refund>('refund').filter(({ status }) => status === 'succeeded'),
          happening.which,
        );
        if (refund && happening.which % 4 === 0) stripe.money.endRefund(refund.id, 'failed');
        return;
      }
      case 'refund':
        return this.#refund(pick(this.#parts, happening.which), happening.amount, happening.repeat);
      case 'tell':
        await stripe.deliver({ ...happening, lose: (_event, index) => index % 4 < happening.lost });
        return;
      case 'fault':
        stripe.failNext(happening.fault, new RegExp(happening.path));
        return;
      case 'work':
        await this.#cards.work();
        await this.#cards.work();
        return;
      case 'check':
        this.#cards.now += 7 * 3_600_000;
        await this.#cards.run('check-payments');
    }
  }

  /** A card is shown to Stripe, where Stripe was asked for the money at all. */
  async #present(kind: 'pay' | 'decline', order: PlacedOrder | undefined): Promise<void> {
    const begun = order && (await this.#cards.begin(order).catch(() => undefined));
    if (!begun) return;
    const { money } = this.#cards.stripe;
    try {
      if (kind === 'pay') money.pay(begun.intentId);
      else money.decline(begun.intentId);
    } catch (error) {
      if ((error as { code?: string }).code !== 'payment_intent_unexpected_state') throw error;
    }
  }

  async #loseReservation(order: PlacedOrder | undefined): Promise<void> {
    await this.#cards.graph.ownerQuery(
      `UPDATE orders.orders SET status = 'REFUSED', refusal = 'NOT_PAID' WHERE id = $1 AND status = 'AWAITING_PAYMENT'`,
      [order?.id],
    );
  }

  /** As markDelivered leaves it, told once or twice. */
  async #deliver(part: PlacedPart | undefined, percent: number, repeat: boolean): Promise<void> {
    if (!part || this.#cancelled.has(part.id)) return;
    const { graph } = this.#cards;
    await graph.ownerQuery(
      `INSERT INTO orders.deliveries (supplier_order_id, number, status, delivered_at, complete, currency, goods_amount,
         tax_amount, total_amount, marked_by, marked_for, marked_at, idempotency_key, fingerprint)
       SELECT id, 1, 'MARKED', now(), true, currency, round(goods_amount * $2 / 100, 2), 0,
         round(goods_amount * $2 / 100, 2), 'test', 'BUYER', now(), '1', '' FROM orders.supplier_orders
       WHERE id = $1 AND status = 'PLACED' ON CONFLICT DO NOTHING`,
      [part.id, percent],
    );
    await this.#event('settle-delivery', { supplierOrderId: part.id }, repeat);
  }

  async #cancel(part: PlacedPart | undefined): Promise<void> {
    if (!part) return;
    const rows = await this.#cards.graph.ownerQuery(
      `UPDATE orders.supplier_orders s SET status = 'CANCELLED' WHERE id = $1 AND status = 'PLACED'
         AND NOT EXISTS (SELECT FROM orders.deliveries d WHERE d.supplier_order_id = s.id) RETURNING id`,
      [part.id],
    );
    if (rows.length === 0) return;
    this.#cancelled.add(part.id);
    await this.#event('refund-ended-order', { supplierOrderId: part.id, to: 'CANCELLED', reason: null }, true);
  }

  async #event(name: string, data: object, repeat: boolean): Promise<void> {
    await this.#cards.event(name, data);
    if (repeat) await this.#cards.event(name, data);
  }

  async #onboard(who: 'fiona' | 'dora'): Promise<void> {
    await this.#cards.onboard(people[who]).catch(() => undefined);
  }

  async #dispute(number: number): Promise<void> {
    const { stripe } = this.#cards;
    const charge = pick(
      stripe.all<Stripe.Charge>('charge').filter(({ refunded, disputed }) => !refunded && !disputed),
      number,
    );
    if (charge) stripe.dispute(charge.id);
  }

  async #refund(part: PlacedPart | undefined, amount: string, repeat: boolean): Promise<void> {
    if (!part) return;
    const input = { supplierOrderId: part.id, amount, reason: 'Goodwill', idempotencyKey: randomUUID() };
    const mutation = `mutation ($input: RefundSupplierOrderInput!) {
      refundSupplierOrder(input: $input) { replayed userErrors { code } } }`;
    for (let time = 0; time < (repeat ? 2 : 1); time += 1) await this.#cards.ask(mutation, { input }, people.stella);
  }
}

const pick = <Thing>(all: readonly Thing[], number: number): Thing | undefined =>
  all.length === 0 ? undefined : all[number % all.length];
