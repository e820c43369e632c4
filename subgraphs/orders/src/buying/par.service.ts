import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import { Decimal } from 'decimal.js';
import { type CartOutcome, CartService } from '../cart/cart.service.ts';
import { requireBuyer } from '../cart/cart-view.ts';
import type { WantedLine } from '../cart/new-lines.ts';
import type { OrdersContext } from '../context.ts';
import { quoteOffers } from '../quote/quote.client.ts';
import { isKnown } from '../quote/quote.ts';
import { BuyingRepository, type NewPar } from './buying.repository.ts';
import { parError } from './par.errors.ts';

const mostLines = 500;
const mostPars = 5_000;
const mostPacks = 1_000_000;

export interface ParLevel {
  readonly offerId: string;
  readonly level: string;
}

export interface Count {
  readonly offerId: string;
  readonly onHand: string;
}

export interface FillOutcome extends CartOutcome {
  readonly skipped: readonly (WantedLine & { readonly code: string })[];
}

const plainId = (id: string): string => (isUUID(id) ? id.toLowerCase() : id);

/** How much of which offers a buyer wants to have, and the cart that brings it there. */
export class ParService {
  readonly #context: OrdersContext;
  readonly #buyer;

  constructor(context: OrdersContext) {
    this.#context = context;
    this.#buyer = requireBuyer(context.viewer);
  }

  /** All levels or none; 0 takes one away. */
  async set(levels: readonly ParLevel[]): Promise<UserError[]> {
    const problems = checkLines(
      levels.map(({ level }) => level),
      'level',
    );
    if (problems.length > 0) return problems;
    const removed = levels
      .filter(({ level, offerId }) => new Decimal(level).isZero() && isStorable(offerId))
      .map(({ offerId }) => plainId(offerId));
    const { pars, unknown } = await this.#named(levels);
    if (unknown.length > 0) return unknown;
    return inTransaction(this.#context.manager, async (manager) => {
      const repository = new BuyingRepository(manager);
      await repository.deletePars(this.#buyer, removed);
      await repository.upsertPars(this.#buyer, this.#buyer.userId, pars);
      return [];
    });
  }

  /** Puts into the cart what is missing to the levels, beyond what lies in it already. */
  async fill(counts: readonly Count[]): Promise<FillOutcome> {
    const carts = new CartService(this.#context);
    const view = await carts.view();
    const problems = checkLines(
      counts.map(({ onHand }) => onHand),
      'onHand',
    );
    if (problems.length > 0) return { cart: () => carts.view(), skipped: [], userErrors: problems };
    const ids = counts.map(({ offerId }) => plainId(offerId));
    const pars = await new BuyingRepository(this.#context.manager).findPars(this.#buyer, ids.filter(isStorable));
    const levels = new Map(pars.map(({ offerId, level }) => [offerId, level]));
    const without = ids.flatMap((id, index) =>
      levels.has(id)
        ? []
        : [parError('NO_PAR', ['input', 'lines', String(index), 'offerId'], 'Set a par level first.')],
    );
    if (without.length > 0) return { cart: () => carts.view(), skipped: [], userErrors: without };
    const inCart = new Map(view.lines.map(({ offerId, quantity }) => [offerId, quantity]));
    const missing = counts.flatMap(({ onHand }, index) => {
      const offerId = ids[index] ?? '';
      const quantity = new Decimal(levels.get(offerId) ?? 0).minus(onHand).minus(inCart.get(offerId) ?? 0);
      return quantity.greaterThan(0) ? [{ offerId, quantity: quantity.toFixed() }] : [];
    });
    return carts.addOrderable(await this.#inMultiples(missing, inCart));
  }

  /** As much as can be ordered: in the offer's multiples, and no less than its least. */
  async #inMultiples(lines: readonly WantedLine[], inCart: ReadonlyMap<string, string>): Promise<WantedLine[]> {
    if (lines.length === 0) return [];
    const { lines: quoted } = await quoteOffers(
      this.#context,
      { kind: this.#buyer.kind, id: this.#buyer.id },
      lines.map(({ offerId, quantity }) => ({ key: offerId, offerId, quantity })),
    );
    return lines.map(({ offerId, quantity }) => {
      const line = quoted.get(offerId);
      if (!line || !isKnown(line)) return { offerId, quantity };
      const there = new Decimal(inCart.get(offerId) ?? 0);
      const whole = Decimal.max(there.plus(quantity), line.minimumQuantity)
        .div(line.multiple)
        .ceil()
        .times(line.multiple);
      return { offerId, quantity: whole.minus(there).toFixed() };
    });
  }

  async #named(levels: readonly ParLevel[]): Promise<{ pars: NewPar[]; unknown: UserError[] }> {
    const kept = levels.flatMap(({ offerId, level }, index) =>
      new Decimal(level).isZero() ? [] : [{ key: String(index), offerId, quantity: level }],
    );
    const quote = await quoteOffers(this.#context, { kind: this.#buyer.kind, id: this.#buyer.id }, kept);
    const pars = new Map<string, NewPar>();
    const unknown: UserError[] = [];
    for (const { key, offerId, quantity: level } of kept) {
      const line = quote.lines.get(key);
      if (line && isKnown(line)) {
        const supplierName = quote.suppliers.get(line.supplierId)?.name ?? '';
        pars.set(plainId(offerId), {
          offerId: plainId(offerId),
          name: line.name,
          unit: line.unit,
          supplierName,
          level,
        });
      } else
        unknown.push(parError('UNKNOWN_OFFER', ['input', 'lines', key, 'offerId'], 'There is no such offer for you.'));
    }
    const count = await new BuyingRepository(this.#context.manager).countPars(this.#buyer);
    if (count + pars.size > mostPars)
      unknown.push(parError('TOO_MANY_LINES', ['input', 'lines'], `At most ${mostPars} par levels can be set.`));
    return { pars: [...pars.values()], unknown };
  }
}

function checkLines(quantities: readonly string[], field: string): UserError[] {
  if (quantities.length > mostLines)
    return [parError('TOO_MANY_LINES', ['input', 'lines'], `Give at most ${mostLines} lines at once.`)];
  return quantities.flatMap((text, index) => {
    const quantity = new Decimal(text);
    const isGood = !quantity.isNegative() && quantity.decimalPlaces() <= 3 && quantity.lessThanOrEqualTo(mostPacks);
    const path = ['input', 'lines', String(index), field];
    return isGood ? [] : [parError('BAD_QUANTITY', path, `${text} is no quantity of packs.`)];
  });
}
