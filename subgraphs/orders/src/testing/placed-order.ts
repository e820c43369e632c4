import type { Clock } from '@gastronom/shared/clock';
import { defineJob } from '@gastronom/shared/jobs/job';
import type { SubgraphDefinition, SubgraphTransport } from '@gastronom/shared/subgraph';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { createTestSubgraph, type TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import type { UserViewer, Viewer } from '@gastronom/shared/viewer';
import { z } from 'zod';
import { createOrdersContext } from '../context.ts';
import { readOrdersSettings } from '../env.ts';
import { orders } from '../subgraph.ts';

const uuid = (end: string) => `00000000-0000-4000-8000-${end.padStart(12, '0')}`;

export const restaurant = uuid('a1');
export const otherRestaurant = uuid('a2');
export const farm = uuid('b1');
export const farmSupplier = uuid('f1');
export const house = '00000000-0000-7000-8000-000000000001';

const person = (end: string, role: 'RESTAURANT' | 'SUPPLIER', id: string): UserViewer => ({
  kind: 'user',
  userId: uuid(end),
  role,
  organization: { id, type: role, role: 'MEMBER' },
});

/** The people of these tests. */
export const people = {
  anna: person('1', 'RESTAURANT', restaurant),
  anton: person('2', 'RESTAURANT', restaurant),
  rival: person('3', 'RESTAURANT', otherRestaurant),
  fiona: person('4', 'SUPPLIER', farm),
  otherFarm: person('5', 'SUPPLIER', uuid('b2')),
  stella: { kind: 'user', userId: uuid('6'), role: 'STAFF' },
  adam: { kind: 'user', userId: uuid('7'), role: 'ADMIN' },
} as const satisfies Record<string, UserViewer>;

export interface LineToPlace {
  readonly name: string;
  readonly quantity: string;
  readonly price?: string;
  readonly taxRate?: string;
  readonly packSize?: string;
  readonly catchWeight?: boolean;
  readonly productSku?: string | null;
}

export interface PartToPlace {
  readonly lines: readonly LineToPlace[];
  readonly isHouse?: boolean;
  readonly substitution?: 'ALLOW' | 'ASK' | 'REFUSE';
  readonly cancelUntil?: 'CUT_OFF' | 'CONFIRMED' | 'SHIPPED';
  readonly cutOffAt?: Date | null;
  readonly paymentMethod?: 'INVOICE' | 'CARD';
  readonly status?: string;
}

export interface PlacedPart {
  readonly id: string;
  readonly orderId: string;
  readonly number: string;
  readonly lineIds: readonly string[];
}

/** What inventory was asked to do. */
export interface Asked {
  readonly operation: 'release' | 'settle';
  readonly input: { readonly orderKey: string; readonly lines?: readonly { sku: string; quantity: string }[] };
}

/** The orders subgraph with orders that were placed already, beside an inventory and suppliers that a test plays. */
export class PlacedOrders {
  readonly asked: Asked[] = [];
  /** What suppliers quote, by the offer. */
  readonly quotes = new Map<string, Record<string, unknown>>();
  subgraph!: TestSubgraph;
  now = Date.parse('2026-11-24T08:00:00Z');

  static async open({ works = false }: { readonly works?: boolean } = {}): Promise<PlacedOrders> {
    const placed = new PlacedOrders();
    const clock: Clock = () => placed.now;
    const definition: SubgraphDefinition = {
      ...orders,
      createContext: (environment) => createOrdersContext(environment, readOrdersSettings({}), clock),
    };
    const subgraphs = { inventory: placed.#inventory(), suppliers: placed.#suppliers() };
    placed.subgraph = await createTestSubgraph(definition, { subgraphs, works });
    for (const type of ['SupplierOrderChanged', 'DeliveryMarked']) await placed.#hear(type);
    return placed;
  }

  /** A queue that takes the event, and that nobody empties. */
  async #hear(type: string): Promise<void> {
    const { jobs, dataSource } = this.subgraph;
    await jobs.send(dataSource.manager, defineJob({ name: `test-${type}`, payload: z.object({}) }), {});
    await this.subgraph.ownerQuery('DELETE FROM jobs.job WHERE name = $1', [`test-${type}`]);
    await this.subgraph.ownerQuery('INSERT INTO jobs.subscription (event, name) VALUES ($1, $2)', [
      type,
      `test-${type}`,
    ]);
  }

  close(): Promise<void> {
    return this.subgraph.close();
  }

  #inventory(): SubgraphTransport {
    return fakeSubgraph(async ({ query, variables }) => {
      const operation = query.includes('releaseReservation') ? 'release' : 'settle';
      this.asked.push({ operation, input: variables?.input as Asked['input'] });
      return { data: { [`${operation}Reservation`]: {} } };
    });
  }

  #suppliers(): SubgraphTransport {
    return fakeSubgraph(async ({ variables = {} }) => {
      const { lines } = variables.input as { lines: { key: string; offerId: string }[] };
      const quoted = lines.map(({ key, offerId }) => ({
        key,
        offerId,
        ...(this.quotes.get(offerId) ?? { status: 'UNKNOWN_OFFER' }),
      }));
      return { data: { quoteOffers: { suppliers: [], lines: quoted } } };
    });
  }

  /** Runs an operation that must be answered. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async ask(query: string, variables: Record<string, unknown>, viewer: Viewer): Promise<any> {
    const { data, errors } = await this.subgraph.execute(query, variables, viewer);
    if (errors) throw new Error(errors.map((error) => `${error.path?.join('.')}: ${error.message}`).join('; '));
    return data;
  }

  /** One order with one part, as placing leaves it. */
  async place(part: PartToPlace): Promise<PlacedPart> {
    const [placed] = await this.placeAll([part]);
    if (!placed) throw new Error('nothing was placed');
    return placed;
  }

  async placeAll(parts: readonly PartToPlace[]): Promise<PlacedPart[]> {
    const [order] = await this.subgraph.ownerQuery<{ id: string; number: string }>(
      `INSERT INTO orders.orders (status, buyer_kind, buyer_id, buyer_name, placed_by, idempotency_key, fingerprint,
         payment_method, currency, goods_amount, tax_amount, total_amount, placed_at)
       VALUES ('PLACED', 'ORGANIZATION', $1, 'Blini & Co', $2, gen_random_uuid()::text, '', $3, 'EUR', 0, 0, 0, $4)
       RETURNING id, number`,
      [restaurant, uuid('1'), parts[0]?.paymentMethod ?? 'INVOICE', new Date(this.now)],
    );
    if (!order) throw new Error('no order was placed');
    const placed: PlacedPart[] = [];
    for (const [index, part] of parts.entries()) {
      const number = `${order.number}-${index + 1}`;
      const [row] = await this.subgraph.ownerQuery<{ id: string }>(
        `INSERT INTO orders.supplier_orders (order_id, number, supplier_id, supplier_organization_id, is_house,
           supplier_name, status, deliver_on, deliver_from, deliver_to, time_zone, cut_off_at, cancel_until, currency,
           goods_amount, tax_amount, total_amount, substitution, placed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, '2026-11-25', '08:00', '12:00', 'Europe/Helsinki', $8, $9, 'EUR',
           0, 0, 0, $10, $11) RETURNING id`,
        [
          order.id,
          number,
          part.isHouse ? house : farmSupplier,
          part.isHouse ? null : farm,
          part.isHouse ?? false,
          part.isHouse ? 'The house' : 'The farm',
          part.status ?? 'PLACED',
          part.cutOffAt ?? null,
          part.cancelUntil ?? 'CONFIRMED',
          part.substitution ?? 'ASK',
          new Date(this.now),
        ],
      );
      if (!row) throw new Error('no part was placed');
      const lineIds = await this.#insertLines(row.id, part);
      placed.push({ id: row.id, orderId: order.id, number, lineIds });
    }
    return placed;
  }

  async #insertLines(id: string, { lines, isHouse }: PartToPlace): Promise<string[]> {
    const rows = lines.map((line, index) => ({
      position: index + 1,
      offer_id: isHouse ? `house:${line.productSku}` : `offer:${line.name}`,
      product_sku: line.productSku ?? null,
      name: line.name,
      pack_size: line.packSize ?? '1',
      quantity: line.quantity,
      price: line.price ?? '10',
      tax_rate: line.taxRate ?? '10',
      catch_weight: line.catchWeight ?? false,
    }));
    const inserted = await this.subgraph.ownerQuery<{ id: string }>(
      `INSERT INTO orders.order_lines (supplier_order_id, position, offer_id, product_sku, name, unit, base_unit,
         pack_size, quantity, price_amount, tax_rate, tax_included, catch_weight, goods_amount, tax_amount, total_amount)
       SELECT $1, position, offer_id, product_sku, name, 'BOX', 'KILOGRAM', pack_size, quantity, price, tax_rate, false,
         catch_weight, round(price * quantity, 2), round(round(price * quantity, 2) * tax_rate / 100, 2),
         round(price * quantity, 2) + round(round(price * quantity, 2) * tax_rate / 100, 2)
       FROM jsonb_to_recordset($2) AS line (position int, offer_id text, product_sku text, name text, pack_size numeric,
         quantity numeric, price numeric, tax_rate numeric, catch_weight boolean) RETURNING id`,
      [id, JSON.stringify(rows)],
    );
    await this.subgraph.ownerQuery(
      `UPDATE orders.supplier_orders SET (goods_amount, tax_amount, total_amount) =
         (SELECT sum(goods_amount), sum(tax_amount), sum(total_amount) FROM orders.order_lines WHERE supplier_order_id = $1)
       WHERE id = $1`,
      [id],
    );
    return inserted.map((line) => line.id);
  }

  /** What subscribers were told of a part, in order. */
  async told(
    type: 'SupplierOrderChanged' | 'DeliveryMarked',
    supplierOrderId: string,
  ): Promise<Record<string, unknown>[]> {
    const rows = await this.subgraph.ownerQuery<{ data: { data: Record<string, unknown> } }>(
      `SELECT data FROM jobs.job WHERE name = $1 AND data -> 'data' ->> 'supplierOrderId' = $2 ORDER BY created_on, id`,
      [`test-${type}`, supplierOrderId],
    );
    return rows.map(({ data }) => data.data);
  }
}
