import { DomainError } from '@gastronom/shared/domain-error';
import type { Viewer } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import type { OrdersContext } from '../context.ts';
import { type Buyer, buyerOf } from '../order/buyer.ts';
import { quoteOffers } from '../quote/quote.client.ts';
import { isKnown, type Quote } from '../quote/quote.ts';
import type { CartEntity, CartLineEntity, CartSupplierEntity } from './cart.entity.ts';
import { CartRepository } from './cart.repository.ts';

/** Whose cart and orders a person works with; FORBIDDEN for who buys for nobody. */
export function requireBuyer(viewer: Viewer): Buyer & { readonly userId: string } {
  const buyer = buyerOf(viewer);
  if (buyer && viewer.kind === 'user') return { ...buyer, userId: viewer.userId };
  throw new DomainError('FORBIDDEN', 'This needs a person who shops for themselves or for a restaurant.');
}

/** A cart as it was read: its rows, and prices and terms of now, asked for when somebody wants them. */
export interface CartView {
  readonly buyer: Buyer;
  /** Null for a buyer who never put anything in. */
  readonly cart: CartEntity | null;
  readonly lines: readonly CartLineView[];
  readonly choices: readonly CartSupplierEntity[];
  readonly quote: () => Promise<Quote>;
}

export type CartLineView = CartLineEntity & { readonly quote: () => Promise<Quote> };

/** Lines of some suppliers, as they are now; all where none are named. */
export function linesOfSuppliers(
  lines: readonly CartLineView[],
  quote: Quote,
  supplierIds: readonly string[] | null | undefined,
): readonly CartLineView[] {
  if (supplierIds == null) return lines;
  const wanted = new Set(supplierIds.map((id) => id.toLowerCase()));
  return lines.filter(({ id, supplierId }) => {
    const line = quote.lines.get(id);
    return wanted.has(line && isKnown(line) ? line.supplierId : supplierId);
  });
}

export async function viewCart(
  context: OrdersContext,
  { kind, id }: Buyer,
  manager: EntityManager = context.manager,
): Promise<CartView> {
  const buyer = { kind, id };
  const cart = await new CartRepository(manager).findWhole(buyer);
  const { lines, choices } = cart ?? { lines: [], choices: [] };
  let quoted: Promise<Quote> | undefined;
  const quote = (): Promise<Quote> => {
    quoted ??= quoteOffers(
      context,
      buyer,
      lines.map((line) => ({ key: line.id, offerId: line.offerId, quantity: line.quantity })),
    );
    return quoted;
  };
  return { buyer, cart, choices, quote, lines: lines.map((line) => ({ ...line, quote })) };
}
