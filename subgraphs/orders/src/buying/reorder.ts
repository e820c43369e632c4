import { plainDecimal } from '@gastronom/shared/plain-decimal';
import { CartService } from '../cart/cart.service.ts';
import { requireBuyer } from '../cart/cart-view.ts';
import type { WantedLine } from '../cart/new-lines.ts';
import type { OrdersContext } from '../context.ts';
import { parError } from './par.errors.ts';
import type { FillOutcome } from './par.service.ts';

/** Puts into the cart what an earlier order of the buyer was for, as far as it can be ordered now. */
export async function addOrderToCart(context: OrdersContext, orderId: string): Promise<FillOutcome> {
  const buyer = requireBuyer(context.viewer);
  const carts = new CartService(context);
  const order = await context.loaders.orders.load(orderId);
  if (!order || order.buyerKind !== buyer.kind || order.buyerId !== buyer.id) {
    const userErrors = [parError('NOT_FOUND', ['orderId'], 'There is no such order.')];
    return { cart: () => carts.view(), skipped: [], userErrors };
  }
  return carts.addOrderable(await linesOf(context, order.id));
}

async function linesOf({ loaders }: OrdersContext, orderId: string): Promise<WantedLine[]> {
  const parts = await loaders.supplierOrders.ofOrder.load(orderId);
  // A back-order's lines are of another part already.
  const own = parts.filter(({ backOrderOf }) => backOrderOf === null);
  const lines = await Promise.all(own.map(({ id }) => loaders.supplierOrders.lines.load(id)));
  return lines
    .flat()
    .filter(({ substituteFor }) => substituteFor === null)
    .map(({ offerId, quantity, note }) => ({ offerId, quantity: plainDecimal(quantity), note }));
}
