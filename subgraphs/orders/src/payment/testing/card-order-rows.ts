import type { TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import { dairy, farm } from './people.ts';

export interface PartToPay {
  readonly supplier: 'farm' | 'dairy' | 'house';
  /** Of each of its lines, one pack each. */
  readonly prices: readonly string[];
  readonly delivery?: string;
}

export interface PlacedPart {
  readonly id: string;
  readonly lineIds: readonly string[];
}

export interface PlacedOrder {
  readonly id: string;
  readonly parts: readonly PlacedPart[];
}

/** An order of a restaurant as placing leaves it: reserved, and waiting for its card. */
export async function insertCardOrder(
  graph: TestSubgraph,
  restaurantId: string,
  parts: readonly PartToPay[],
  currency: string,
): Promise<PlacedOrder> {
  const [order] = await graph.ownerQuery<{ id: string; number: string }>(
    `INSERT INTO orders.orders (status, buyer_kind, buyer_id, idempotency_key, fingerprint, payment_method, currency,
         goods_amount, tax_amount, total_amount)
       VALUES ('AWAITING_PAYMENT', 'ORGANIZATION', $1, gen_random_uuid()::text, '', 'CARD', $2, 0, 0, 0)
       RETURNING id, number`,
    [restaurantId, currency],
  );
  if (!order) throw new Error('no order was placed');
  const placed: PlacedPart[] = [];
  for (const [index, part] of parts.entries())
    placed.push(await insertPart(graph, order.id, `${order.number}-${index + 1}`, part, currency));
  return { id: order.id, parts: placed };
}

async function insertPart(
  graph: TestSubgraph,
  orderId: string,
  number: string,
  part: PartToPay,
  currency: string,
): Promise<PlacedPart> {
  const organization = { farm, dairy, house: null }[part.supplier];
  const [row] = await graph.ownerQuery<{ id: string }>(
    `INSERT INTO orders.supplier_orders (order_id, number, supplier_id, supplier_organization_id, is_house, supplier_name,
         status, time_zone, cancel_until, currency, goods_amount, delivery_amount, tax_amount, total_amount)
       SELECT $1, $2, $3, $4, $5, $6, 'PENDING', 'Europe/Helsinki', 'SHIPPED', $7, sum(p), $9, 0, sum(p) + $9
       FROM unnest($8::numeric[]) AS p RETURNING id`,
    [
      orderId,
      number,
      organization ?? '00000000-0000-7000-8000-000000000001',
      organization,
      organization === null,
      part.supplier,
      currency,
      part.prices,
      part.delivery ?? '0',
    ],
  );
  if (!row) throw new Error('no part was placed');
  const lines = await graph.ownerQuery<{ id: string }>(
    `INSERT INTO orders.order_lines (supplier_order_id, position, offer_id, name, unit, base_unit, pack_size, quantity,
         price_amount, tax_rate, tax_included, goods_amount, tax_amount, total_amount)
       SELECT $1, n, 'offer:' || n, 'good ' || n, 'BOX', 'KILOGRAM', 1, 1, p, 0, true, p, 0, p
       FROM unnest($2::numeric[]) WITH ORDINALITY AS price (p, n) RETURNING id`,
    [row.id, part.prices],
  );
  return { id: row.id, lineIds: lines.map(({ id }) => id) };
}

/** As markDelivered leaves it. */
export async function insertDelivery(graph: TestSubgraph, supplierOrderId: string, goods: string): Promise<void> {
  await graph.ownerQuery(
    `INSERT INTO orders.deliveries (supplier_order_id, number, status, delivered_at, complete, currency, goods_amount,
       tax_amount, total_amount, marked_by, marked_for, marked_at, idempotency_key, fingerprint)
     SELECT id, 1, 'MARKED', now(), true, currency, $2, 0, $2, 'test', 'BUYER', now(), '1', ''
     FROM orders.supplier_orders WHERE id = $1`,
    [supplierOrderId, goods],
  );
}
