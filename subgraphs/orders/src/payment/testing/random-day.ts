import { randomUUID } from 'node:crypto';
import type { Stripe } from 'stripe';
import type { PlacedOrder, PlacedPart } from './card-order-rows.ts';
import type { CardOrders } from './card-orders.ts';
import type { Happening } from './happening.ts';
import { people } from './people.ts';

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
