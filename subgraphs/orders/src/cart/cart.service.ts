import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import { Decimal } from 'decimal.js';
import type { EntityManager } from 'typeorm';
import type { OrdersContext } from '../context.ts';
import { quoteOffers } from '../quote/quote.client.ts';
import type { Quote } from '../quote/quote.ts';
import type { Substitution } from '../supplier-order/supplier-order.entity.ts';
import type { CartEntity } from './cart.entity.ts';
import { cartError } from './cart.errors.ts';
import { CartRepository } from './cart.repository.ts';
import { type CartView, requireBuyer, viewCart } from './cart-view.ts';
import { newLines, refusalOf, type WantedLine } from './new-lines.ts';
import { readNote, readQuantity } from './read-line.ts';

const mostLines = 500;

export interface CartOutcome {
  /** As it is by now, for who wants to see it. */
  readonly cart: () => Promise<CartView>;
  readonly userErrors: readonly UserError[];
}

export interface LineChange {
  readonly lineId: string;
  readonly quantity?: string | null | undefined;
  readonly note?: string | null | undefined;
  readonly expectedVersion?: number | null | undefined;
}

export interface SupplierChoice {
  readonly supplierId: string;
  readonly deliverOn?: string | null | undefined;
  readonly deliverFrom?: string | null | undefined;
  readonly substitution?: Substitution | null | undefined;
  readonly note?: string | null | undefined;
}

/** What a change of the locked cart finds wrong; nothing, when it was done. */
type Change = (carts: CartRepository, cart: CartEntity) => Promise<UserError[]>;

/** Changes carts. Each change locks the cart, so that members who act at once follow each other. */
export class CartService {
  readonly #context: OrdersContext;
  readonly #buyer;

  constructor(context: OrdersContext) {
    this.#context = context;
    this.#buyer = requireBuyer(context.viewer);
  }

  view(): Promise<CartView> {
    return viewCart(this.#context, this.#buyer);
  }

  /** All lines or none. What is in the cart already gets more. */
  async add(wanted: readonly WantedLine[]): Promise<CartOutcome> {
    const path = (index: number, field: string) => ['input', 'lines', String(index), field];
    const problems = wanted.flatMap((line, index) => [
      ...readQuantity(line.quantity, path(index, 'quantity')).errors,
      ...readNote(line.note, path(index, 'note')).errors,
    ]);
    if (wanted.length > mostLines) problems.push(tooMany(['input', 'lines']));
    if (problems.length > 0) return this.#refuse(problems);
    const quote = await this.#quote(wanted);
    const refused = wanted.flatMap((_, index) => {
      const refusal = refusalOf(quote.lines.get(String(index)), path(index, 'offerId'));
      return refusal ? [refusal] : [];
    });
    if (refused.length > 0) return this.#refuse(refused);
    return this.#change((carts, cart) => this.#insert(carts, cart, wanted, quote));
  }

  /** Those of the lines that can be ordered; the others are told. */
  async addOrderable(
    wanted: readonly WantedLine[],
  ): Promise<CartOutcome & { readonly skipped: readonly (WantedLine & { readonly code: string })[] }> {
    const quote = wanted.length > 0 ? await this.#quote(wanted) : null;
    const statusOf = (index: number) => quote?.lines.get(String(index))?.status ?? 'UNKNOWN_OFFER';
    const skipped = wanted.flatMap((line, index) =>
      statusOf(index) === 'OK' ? [] : [{ ...line, code: statusOf(index) }],
    );
    if (!quote || skipped.length === wanted.length) return { ...this.#refuse([]), skipped };
    const outcome = await this.#change((carts, cart) => this.#insert(carts, cart, wanted, quote));
    return { ...outcome, skipped };
  }

  /** The last writer of a line wins, unless they say which version they have seen. */
  async setLine({ lineId, quantity, note, expectedVersion }: LineChange): Promise<CartOutcome> {
    const isRemoval = quantity != null && new Decimal(quantity).isZero();
    const read = quantity == null || isRemoval ? null : readQuantity(quantity, ['input', 'quantity']);
    const text = readNote(note, ['input', 'note']);
    const problems = [...(read?.errors ?? []), ...text.errors];
    if (problems.length > 0) return this.#refuse(problems);
    return this.#change(async (carts, cart) => {
      const line = isUUID(lineId) ? await carts.findLine(cart.id, lineId) : null;
      if (!line) return [cartError('NOT_FOUND', ['input', 'lineId'], 'This line is not in the cart any more.')];
      if (expectedVersion != null && expectedVersion !== line.version)
        return [cartError('CHANGED_MEANWHILE', ['input', 'expectedVersion'], 'Somebody else changed this line.')];
      if (isRemoval) await carts.deleteLine(cart.id, lineId);
      else
        await carts.updateLine(line, {
          updatedBy: this.#buyer.userId,
          ...(read ? { quantity: read.value } : {}),
          ...(note === undefined ? {} : { note: text.value }),
        });
      return [];
    });
  }

  /** One that is not there any more needs no removing. */
  removeLine(lineId: string): Promise<CartOutcome> {
    return this.#change(async (carts, cart) => {
      if (isUUID(lineId)) await carts.deleteLine(cart.id, lineId);
      return [];
    });
  }

  clear(): Promise<CartOutcome> {
    return this.#change(async (carts, cart) => {
      await carts.deleteAll(cart.id);
      return [];
    });
  }

  /** When a supplier of the cart is to deliver, and what it should know. What is left out stays. */
  async choose(choice: SupplierChoice): Promise<CartOutcome> {
    const text = readNote(choice.note, ['input', 'note']);
    if (text.errors.length > 0) return this.#refuse(text.errors);
    const view = await this.view();
    const supplier = (await view.quote()).suppliers.get(choice.supplierId.toLowerCase());
    if (!supplier)
      return this.#refuse([
        cartError('NOT_FOUND', ['input', 'supplierId'], 'Nothing of this supplier is in the cart.'),
      ]);
    const day = supplier.days.find(
      ({ on, from }) => on === choice.deliverOn && (choice.deliverFrom == null || from === choice.deliverFrom),
    );
    if (choice.deliverOn && !day) {
      const message = `${supplier.name} does not deliver then: choose one of its delivery days.`;
      return this.#refuse([cartError('DELIVERY_DAY_IMPOSSIBLE', ['input', 'deliverOn'], message)]);
    }
    return this.#change(async (carts, cart) => {
      const known = (await carts.listChoices(cart.id)).find(({ supplierId }) => supplierId === supplier.id);
      const chosen =
        choice.deliverOn === undefined && known
          ? { deliverOn: known.deliverOn, deliverFrom: known.deliverFrom, cutOffAt: known.cutOffAt }
          : {
              deliverOn: day?.on ?? null,
              deliverFrom: day?.from ?? null,
              cutOffAt: day ? new Date(day.cutOffAt) : null,
            };
      await carts.upsertChoice(cart.id, supplier.id, {
        ...chosen,
        substitution: choice.substitution ?? known?.substitution ?? 'ASK',
        note: choice.note === undefined ? (known?.note ?? null) : text.value,
      });
      return [];
    });
  }

  async #insert(
    carts: CartRepository,
    cart: CartEntity,
    wanted: readonly WantedLine[],
    quote: Quote,
  ): Promise<UserError[]> {
    await carts.addLines(cart.id, this.#buyer.userId, newLines(wanted, quote));
    return (await carts.countLines(cart.id)) > mostLines ? [tooMany(['input', 'lines'])] : [];
  }

  #quote(wanted: readonly WantedLine[]): Promise<Quote> {
    const lines = wanted.map(({ offerId, quantity }, index) => ({ key: String(index), offerId, quantity }));
    return quoteOffers(this.#context, { kind: this.#buyer.kind, id: this.#buyer.id }, lines);
  }

  #refuse(userErrors: readonly UserError[]): CartOutcome {
    return { cart: () => this.view(), userErrors };
  }

  async #change(change: Change): Promise<CartOutcome> {
    const problems = await inTransaction(this.#context.manager, (manager) => this.#apply(manager, change)).catch(
      (error: unknown) => {
        if (error instanceof Refused) return error.userErrors;
        throw error;
      },
    );
    return this.#refuse(problems);
  }

  async #apply(manager: EntityManager, change: Change): Promise<UserError[]> {
    const carts = new CartRepository(manager);
    const cart = await carts.lock(this.#buyer);
    const problems = await change(carts, cart);
    // What was begun is undone with the transaction.
    if (problems.length > 0) throw new Refused(problems);
    await carts.raiseVersion(cart.id);
    return [];
  }
}

class Refused extends Error {
  readonly userErrors: UserError[];

  constructor(userErrors: UserError[]) {
    super('refused');
    this.name = 'RefusedError';
    this.userErrors = userErrors;
  }
}

const tooMany = (field: string[]): UserError =>
  cartError('TOO_MANY_LINES', field, `A cart has at most ${mostLines} lines: order a part of it first.`);
