import type { Stripe } from 'stripe';
import { disputesOf, lostOf } from './disputes.ts';
import { type Form, metadataOf, numberOf, textOf } from './form.ts';
import { chargeOf, intentOf, payoutOf, refundOf, reversalOf, transferOf } from './objects.ts';
import { invalid, StripeFailure } from './stripe-error.ts';
import type { Vault } from './vault.ts';

export const feeOf = (amount: number): number => Math.min(amount, Math.round(amount * 0.015) + 25);

/** What can be done with money, by the API and by people, banks and cards. */
export class Money {
  readonly #vault: Vault;
  /** What connected accounts have, by account and currency. */
  readonly #accounts = new Map<string, number>();
  /** Whether refunds take their time. */
  slowRefunds = false;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  createIntent(form: Form): Stripe.PaymentIntent {
    const amount = numberOf(form, 'amount');
    const currency = textOf(form, 'currency');
    if (!amount || !Number.isInteger(amount) || !currency) throw invalid('Missing required param: amount or currency.');
    if (amount < 50) throw invalid('Amount must be at least 50.', 'amount_too_small');
    const id = this.#vault.newId('pi');
    const intent = intentOf({
      id,
      amount,
      currency,
      created: this.#vault.now,
      metadata: metadataOf(form),
      transfer_group: textOf(form, 'transfer_group') ?? null,
      description: textOf(form, 'description') ?? null,
      payment_method_types: ['card'],
      client_secret: `${id}_secret_${id.slice(3)}`,
    });
    this.#vault.tell('payment_intent.created', intent);
    return this.#vault.put(intent);
  }

  /** The buyer pays. @param balanceLater whether the movement of the balance shows only with `settleCharge`. */
  pay(intentId: string, balanceLater = false): Stripe.PaymentIntent {
    const intent = this.#vault.get<Stripe.PaymentIntent>('payment_intent', intentId);
    if (intent.status === 'canceled' || intent.status === 'succeeded')
      throw invalid(`This PaymentIntent’s status is ${intent.status}.`, 'payment_intent_unexpected_state');
    const id = this.#vault.newId('ch');
    const charge = chargeOf({ id, created: this.#vault.now, balance_transaction: null }, intent);
    this.#vault.put(charge);
    if (!balanceLater) this.#settle(charge);
    Object.assign(intent, { status: 'succeeded', amount_received: intent.amount, latest_charge: id });
    this.#vault.tell('charge.succeeded', charge);
    this.#vault.tell('payment_intent.succeeded', intent);
    return intent;
  }

  settleCharge(chargeId: string): void {
    const charge = this.#vault.get<Stripe.Charge>('charge', chargeId);
    this.#settle(charge);
    this.#vault.tell('charge.updated', charge);
  }

  #settle(charge: Stripe.Charge): void {
    const { amount, currency, id: source } = charge;
    charge.balance_transaction = this.#vault.post({ amount, currency, source, type: 'charge', fee: feeOf(amount) }).id;
  }

  /** The card is declined. */
  decline(intentId: string): StripeFailure {
    const intent = this.#vault.get<Stripe.PaymentIntent>('payment_intent', intentId);
    const message = 'Your card was declined.';
    intent.last_payment_error = { type: 'card_error', code: 'card_declined', message };
    this.#vault.tell('payment_intent.payment_failed', intent);
    return new StripeFailure(402, 'card_error', message, 'card_declined');
  }

  cancel(intentId: string, form: Form): Stripe.PaymentIntent {
    const intent = this.#vault.get<Stripe.PaymentIntent>('payment_intent', intentId);
    if (intent.status === 'succeeded' || intent.status === 'canceled')
      throw invalid(`You cannot cancel this PaymentIntent: it is ${intent.status}.`, 'payment_intent_unexpected_state');
    const reason = (textOf(form, 'cancellation_reason') ?? null) as Stripe.PaymentIntent.CancellationReason | null;
    Object.assign(intent, { status: 'canceled', canceled_at: this.#vault.now, cancellation_reason: reason });
    this.#vault.tell('payment_intent.canceled', intent);
    return intent;
  }

  createRefund(form: Form): Stripe.Refund {
    const intent = this.#vault.get<Stripe.PaymentIntent>('payment_intent', textOf(form, 'payment_intent') ?? '');
    const charge = this.#vault.get<Stripe.Charge>('charge', String(intent.latest_charge));
    const left = charge.amount - charge.amount_refunded - lostOf(this.#vault, charge.id);
    const amount = numberOf(form, 'amount') ?? left;
    if (disputesOf(this.#vault, charge.id).some(({ status }) => status === 'needs_response'))
      throw invalid('The charge is disputed.', 'charge_disputed');
    if (left === 0) throw invalid('The charge has already been refunded.', 'charge_already_refunded');
    if (amount > left || amount <= 0) throw invalid('The refund is greater than the unrefunded amount of the charge.');
    const id = this.#vault.newId('re');
    const { currency } = charge;
    const transaction = this.#vault.post({ amount: -amount, currency, source: id, type: 'refund' });
    const refund = refundOf(
      {
        id,
        amount,
        created: this.#vault.now,
        metadata: metadataOf(form),
        reason: null,
        status: this.slowRefunds ? 'pending' : 'succeeded',
        balance_transaction: transaction.id,
      },
      charge,
    );
    charge.amount_refunded += amount;
    charge.refunded = charge.amount_refunded === charge.amount;
    this.#vault.put(refund);
    this.#vault.tell('refund.created', refund);
    this.#vault.tell('charge.refunded', charge);
    return refund;
  }

  /** The bank of the buyer took a refund, or sent it back. */
  endRefund(refundId: string, status: 'succeeded' | 'failed'): void {
    const refund = this.#vault.get<Stripe.Refund>('refund', refundId);
    refund.status = status;
    if (status === 'failed') {
      const charge = this.#vault.get<Stripe.Charge>('charge', String(refund.charge));
      const { amount, currency } = refund;
      charge.amount_refunded -= amount;
      charge.refunded = false;
      const transaction = this.#vault.post({ amount, currency, source: refundId, type: 'refund_failure' });
      Object.assign(refund, { failure_reason: 'unknown', failure_balance_transaction: transaction.id });
      this.#vault.tell('refund.failed', refund);
    }
    this.#vault.tell('refund.updated', refund);
  }

  createTransfer(form: Form): Stripe.Transfer {
    const amount = numberOf(form, 'amount') ?? 0;
    const currency = textOf(form, 'currency') ?? '';
    const destination = textOf(form, 'destination') ?? '';
    const account = this.#vault.get<Stripe.Account>('account', destination);
    const charge = this.#vault.get<Stripe.Charge>('charge', textOf(form, 'source_transaction') ?? '');
    if (amount <= 0) throw invalid('This value must be greater than or equal to 1.', 'parameter_invalid_integer');
    if (account.capabilities?.transfers !== 'active')
      throw invalid('The destination lacks the transfers capability.', 'insufficient_capabilities_for_transfer');
    const sent = this.#vault
      .all<Stripe.Transfer>('transfer')
      .filter(({ source_transaction: source }) => source === charge.id)
      .reduce((sum, transfer) => sum + transfer.amount, 0);
    if (sent + amount > charge.amount) throw invalid('Transfers must not exceed the amount of their source charge.');
    const id = this.#vault.newId('tr');
    const transaction = this.#vault.post({ amount: -amount, currency, source: id, type: 'transfer' });
    this.#move(destination, currency, amount);
    const transfer = transferOf({
      id,
      amount,
      currency,
      destination,
      created: this.#vault.now,
      metadata: metadataOf(form),
      balance_transaction: transaction.id,
      source_transaction: charge.id,
      transfer_group: textOf(form, 'transfer_group') ?? charge.transfer_group,
    });
    this.#vault.tell('transfer.created', transfer);
    return this.#vault.put(transfer);
  }

  createReversal(transferId: string, form: Form): Stripe.TransferReversal {
    const transfer = this.#vault.get<Stripe.Transfer>('transfer', transferId);
    const left = transfer.amount - transfer.amount_reversed;
    const amount = numberOf(form, 'amount') ?? left;
    const { currency } = transfer;
    if (amount > left || amount <= 0) throw invalid('The reversal is greater than what is left of the transfer.');
    if (this.fundsOf(String(transfer.destination), currency) < amount)
      throw invalid('The connected account has insufficient funds.', 'balance_insufficient');
    const id = this.#vault.newId('trr');
    const transaction = this.#vault.post({ amount, currency, source: id, type: 'transfer_refund' });
    this.#move(String(transfer.destination), currency, -amount);
    const created = this.#vault.now;
    const metadata = metadataOf(form);
    const reversal = reversalOf({ id, amount, created, metadata, balance_transaction: transaction.id }, transfer);
    transfer.amount_reversed += amount;
    transfer.reversed = transfer.amount_reversed === transfer.amount;
    transfer.reversals.data.unshift(reversal);
    this.#vault.put(reversal);
    this.#vault.tell('transfer.reversed', transfer);
    return reversal;
  }

  /** Money goes to our own bank. */
  payOut(amount: number, currency: string): Stripe.Payout {
    const id = this.#vault.newId('po');
    const transaction = this.#vault.post({ amount: -amount, currency, source: id, type: 'payout' });
    const payout = payoutOf({ id, amount, currency, created: this.#vault.now, balance_transaction: transaction.id });
    this.#vault.put(payout);
    this.#vault.tell('payout.paid', payout);
    return payout;
  }

  /** A supplier's account pays all it has to the supplier's bank. */
  payOutAccount(account: string, currency: string): Stripe.Payout {
    const amount = this.fundsOf(account, currency);
    this.#move(account, currency, -amount);
    const id = this.#vault.newId('po');
    const payout = payoutOf({ id, amount, currency, created: this.#vault.now, balance_transaction: null });
    const whose = Object.assign(payout, { account });
    this.#vault.tell('payout.paid', payout, account);
    return this.#vault.put(whose);
  }

  currenciesOf(account: string): string[] {
    return [...this.#accounts.keys()].flatMap((key) =>
      key.startsWith(`${account}:`) ? (key.split(':')[1] ?? []) : [],
    );
  }

  fundsOf(account: string, currency: string): number {
    return this.#accounts.get(`${account}:${currency}`) ?? 0;
  }

  #move(account: string, currency: string, amount: number): void {
    this.#accounts.set(`${account}:${currency}`, this.fundsOf(account, currency) + amount);
  }
}
