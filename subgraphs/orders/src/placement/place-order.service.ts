import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import { Decimal } from 'decimal.js';
import { approvalLimitOf } from '../buying/approval-limit.ts';
import { CartRepository } from '../cart/cart.repository.ts';
import { type CartFinding, errorsOf } from '../cart/cart-finding.ts';
import { type CartView, linesOfSuppliers, requireBuyer, viewCart } from '../cart/cart-view.ts';
import { checkCart } from '../cart/check-cart.ts';
import { readNote } from '../cart/read-line.ts';
import type { OrdersContext } from '../context.ts';
import type { OrderEntity, PaymentMethod } from '../order/order.entity.ts';
import { paymentsOff } from '../payment/payment-refusal.ts';
import { buyerNameOf } from './buyer-name.client.ts';
import { type Draft, draftOrder, sumParts } from './draft-order.ts';
import { finishPlacement } from './finish-placement.ts';
import { insertOrder } from './insert-order.ts';
import { placeOrderError } from './place-order.errors.ts';
import { type InsertedOrder, PlacementRepository } from './placement.repository.ts';

export interface PlaceOrder {
  readonly idempotencyKey: string;
  readonly paymentMethod?: PaymentMethod | null | undefined;
  readonly expectedTotal?: string | null | undefined;
  /** Whose lines are ordered; all where none are named. */
  readonly supplierIds?: readonly string[] | null | undefined;
  readonly allOrNothing?: boolean | null | undefined;
  readonly note?: string | null | undefined;
}

export interface PlaceOrderOutcome {
  readonly order: OrderEntity | null;
  readonly replayed: boolean;
  readonly findings: readonly CartFinding[];
  readonly userErrors: readonly UserError[];
}

/** How often a cart that others change meanwhile is read again. */
const mostTries = 20;

const refused = (userErrors: readonly UserError[], findings: readonly CartFinding[] = []): PlaceOrderOutcome => ({
  ...{ order: null, replayed: false, findings, userErrors },
});

/** Orders what lies in the cart. */
export class PlaceOrderService {
  readonly #context: OrdersContext;
  readonly #buyer;

  constructor(context: OrdersContext) {
    this.#context = context;
    this.#buyer = requireBuyer(context.viewer);
  }

  async place(input: PlaceOrder): Promise<PlaceOrderOutcome> {
    const problems = this.#read(input);
    if (problems.length > 0) return refused(problems);
    for (let turn = 1; turn <= mostTries; turn += 1) {
      const known = await new PlacementRepository(this.#context.manager).findByKey(this.#buyer, input.idempotencyKey);
      if (known) return this.#finish(this.#same(known, input), [], true);
      const outcome = await this.#try(input);
      if (outcome) return outcome;
    }
    throw new DomainError('CONFLICT', 'Others keep changing the cart. Look at it again, then order.');
  }

  #read({ idempotencyKey, paymentMethod, note }: PlaceOrder): UserError[] {
    const isKey = idempotencyKey.trim() !== '' && idempotencyKey.length <= 200 && isStorable(idempotencyKey);
    const badKey = placeOrderError('BAD_KEY', ['input', 'idempotencyKey'], 'A key has 1 to 200 characters.');
    const off = placeOrderError('PAYMENTS_OFF', ['input', 'paymentMethod'], paymentsOff);
    return [
      ...(isKey ? [] : [badKey]),
      ...readNote(note, ['input', 'note']).errors,
      ...(paymentMethod === 'CARD' && !this.#context.stripe ? [off] : []),
    ];
  }

  /** One attempt on the cart as it is; null when it was changed under the hands, or ordered by another. */
  async #try(input: PlaceOrder): Promise<PlaceOrderOutcome | null> {
    const view = await viewCart(this.#context, this.#buyer);
    const placing = view.cart?.placingOrderId;
    if (placing) {
      // Another order is being made of this cart: once it stands, what is left can be ordered.
      await finishPlacement(this.#context, placing);
      return null;
    }
    const [quote, buyerName] = await Promise.all([view.quote(), buyerNameOf(this.#context, this.#buyer)]);
    const lines = linesOfSuppliers(view.lines, quote, input.supplierIds);
    const findings = checkCart(lines, view.choices, quote);
    if (errorsOf(findings).length > 0) {
      // By a twin with the same key, perhaps.
      if (await new PlacementRepository(this.#context.manager).findByKey(this.#buyer, input.idempotencyKey))
        return null;
      const message = 'Something keeps this cart from being ordered.';
      return refused([placeOrderError('NOT_PLACEABLE', ['input'], message)], findings);
    }
    const draft = draftOrder(lines, view.choices, quote);
    const { totalAmount } = sumParts(draft.parts.map(({ row }) => row));
    if (input.expectedTotal != null && !new Decimal(input.expectedTotal).equals(totalAmount)) {
      const message = `The order comes to ${totalAmount} ${draft.currency}, not to ${input.expectedTotal}.`;
      return refused([placeOrderError('TOTAL_MOVED', ['input', 'expectedTotal'], message)], findings);
    }
    const order = await this.#insert(input, view, draft, buyerName);
    return order && this.#finish(order, findings, false);
  }

  /** Null where the cart is another than what was read, or the key was used meanwhile. */
  #insert(input: PlaceOrder, view: CartView, draft: Draft, buyerName: string | null): Promise<InsertedOrder | null> {
    const { manager, viewer } = this.#context;
    return inTransaction(manager, async (transaction) => {
      const carts = new CartRepository(transaction);
      const cart = await carts.lock(this.#buyer);
      if (cart.version !== view.cart?.version || cart.placingOrderId) return null;
      const order = await insertOrder(
        this.#context,
        transaction,
        {
          buyerKind: this.#buyer.kind,
          buyerId: this.#buyer.id,
          buyerName,
          placedBy: this.#buyer.userId,
          idempotencyKey: input.idempotencyKey,
          fingerprint: fingerprintOf(input),
          paymentMethod: input.paymentMethod ?? 'INVOICE',
          currency: draft.currency,
          note: readNote(input.note, []).value,
          source: 'CART',
          allOrNothing: input.allOrNothing ?? false,
          approvalLimit: await approvalLimitOf(transaction, viewer, draft.currency),
        },
        draft.parts,
      );
      if (order) await carts.setPlacing(cart.id, order.id);
      return order;
    });
  }

  #same(known: OrderEntity, input: PlaceOrder): OrderEntity {
    if (known.fingerprint === fingerprintOf(input)) return known;
    throw new DomainError('IDEMPOTENCY_KEY_REUSED', 'This key stands for an order that was asked for otherwise.');
  }

  async #finish(
    { id }: InsertedOrder,
    findings: readonly CartFinding[],
    replayed: boolean,
  ): Promise<PlaceOrderOutcome> {
    await finishPlacement(this.#context, id);
    const order = await new PlacementRepository(this.#context.manager).find(id);
    const isNothing = order?.status === 'REFUSED' && order.refusal === 'NOT_RESERVED';
    const message = 'The goods could not be reserved: `refusedLines` says how much there is.';
    return { order, replayed, findings, userErrors: isNothing ? [placeOrderError('NOT_RESERVED', [], message)] : [] };
  }
}

/** What was asked for beside the cart, whose content is of the moment. */
const fingerprintOf = ({ paymentMethod, expectedTotal, allOrNothing, note, supplierIds }: PlaceOrder): string =>
  JSON.stringify([
    paymentMethod ?? 'INVOICE',
    expectedTotal == null ? null : new Decimal(expectedTotal).toFixed(),
    allOrNothing ?? false,
    note?.trim() || null,
    ...(supplierIds == null ? [] : [supplierIds.map((id) => id.toLowerCase()).toSorted()]),
  ]);
