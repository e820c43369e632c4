import { DomainError } from '@gastronom/shared/domain-error';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import type { OrdersContext } from '../context.ts';
import type { OrderEntity } from '../order/order.entity.ts';
import type { OrderLineEntity } from '../supplier-order/order-line.entity.ts';
import type { SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';

const answerSchema = z.object({
  reserveStock: z.object({
    status: z.enum(['RESERVED', 'REFUSED']),
    lines: z.array(z.object({ sku: z.string(), outcome: z.string(), available: z.string() })),
  }),
});

export type ReserveAnswer = z.infer<typeof answerSchema>['reserveStock'];

const mutation = 'mutation ($input: JSON!) { reserveStock(input: $input) }';
const dayMs = 86_400_000;
/** How long after its day an order may be handed over late and still have its goods. */
const graceMs = 30 * dayMs;
/** Inventory keeps nothing for longer than a year. */
const longestMs = 364 * dayMs;

/** Goods are kept until the order is delivered, however late; the same for every try, as it hangs on the order alone. */
function expiryOf(order: OrderEntity, part: SupplierOrderEntity): Date {
  const asked = order.createdAt.getTime();
  const promised = part.deliverOn ? Date.parse(`${part.deliverOn}T00:00:00Z`) : asked;
  return new Date(Math.min(Math.max(asked, promised) + graceMs, asked + longestMs));
}

/**
 * Keeps the goods of one of the house's parts: all of them or none. May be asked again: the key is the part's id.
 * Quantities are in the goods' own units.
 */
export async function reserveStock(
  { subgraphs, requestId, logger }: Pick<OrdersContext, 'subgraphs' | 'requestId' | 'logger'>,
  order: OrderEntity,
  part: SupplierOrderEntity,
  lines: readonly OrderLineEntity[],
): Promise<ReserveAnswer> {
  const input = {
    orderKey: part.id,
    lines: lines.map(({ productSku, offerId, quantity, packSize }) => ({
      sku: productSku ?? offerId,
      quantity: new Decimal(quantity).times(packSize).toFixed(3),
    })),
    expiresAt: expiryOf(order, part).toISOString(),
    actor: order.placedBy ? `user:${order.placedBy}` : 'internal:orders',
  };
  try {
    return answerSchema.parse(
      await subgraphs.call('inventory', { query: mutation, variables: { input } }, { requestId, logger }),
    ).reserveStock;
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'INTERNAL_SERVER_ERROR') throw error;
    logger.error({ err: error, supplierOrderId: part.id }, 'inventory did not answer a reservation');
    throw new DomainError(
      'SUBGRAPH_UNAVAILABLE',
      'Goods cannot be reserved at the moment. The order is being placed: ask again with the same key.',
    );
  }
}
