import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from './harness.ts';
import { type Point, startVictim } from './victim-process.ts';

const sync = `mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { results { outcome } userErrors { message } } }`;

/** Where placing an order is cut off, and whether it was asked for by then. */
const points: Record<string, Point & { readonly asked: boolean }> = {
  'before the order is written': { subgraph: 'orders', statement: 'INSERT INTO orders', asked: false },
  'before its cart knows of it': { subgraph: 'orders', statement: 'placing_order_id = \\$2', asked: false },
  'before its row is committed': { subgraph: 'orders', statement: '^COMMIT', asked: false },
  'before goods are reserved': { subgraph: 'inventory', statement: 'reserve_stock', asked: true },
  'before the reservation is committed': { subgraph: 'inventory', statement: '^COMMIT', asked: true },
  'after the reservation, before the order knows': {
    subgraph: 'orders',
    statement: '^START TRANSACTION',
    time: 2,
    asked: true,
  },
  'before the cart is emptied': { subgraph: 'orders', statement: 'placing_order_id = NULL', asked: true },
  'before its parts are placed': { subgraph: 'orders', statement: 'WITH changed AS', asked: true },
  'before anybody is told': { subgraph: 'orders', statement: 'jobs.subscription', asked: true },
  'while some are told': { subgraph: 'orders', statement: 'INSERT INTO jobs', time: 3, asked: true },
  'before it stands': { subgraph: 'orders', statement: '^COMMIT', time: 2, asked: true },
  'after it stands, before the buyer is answered': { subgraph: 'none', statement: 'answered', asked: true },
};

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph('one process');
  const items = [{ sku: 'TEA', name: 'Tea', price: '4.20', stockQuantity: 1_000 }];
  const { errors } = await graph.query(sync, { input: { source: 'one_c', items } }, graph.tokens.service);
  expect(errors).toBeUndefined();
});
afterAll(() => graph.stop());

/** A process that orders for the buyer, and how it ended. */
const order = (buyer: string, point: Point | null, settings: Record<string, string> = {}) =>
  startVictim(graph.database, { BUYER: buyer, POINT: JSON.stringify(point), ...settings }).ended;

/** What there is of a buyer's order, over all subgraphs. */
interface Trace {
  readonly status: string;
  readonly part: string;
  readonly reservation: string | null;
  readonly told: number;
}

const tracesOf = (buyer: string): Promise<Trace[]> =>
  graph.database.query(
    `SELECT placed.status, part.status AS part, reservation.status AS reservation,
       (SELECT count(*)::int FROM jobs.job WHERE name = 'tell-live-order-placed'
          AND data -> 'data' ->> 'orderId' = placed.id::text) AS told
     FROM orders.orders placed JOIN orders.supplier_orders part ON part.order_id = placed.id
     LEFT JOIN inventory.reservations reservation ON reservation.order_key = part.id::text
     WHERE placed.buyer_id = $1`,
    [buyer],
  );

const cartOf = async (buyer: string): Promise<string[]> => {
  const rows = await graph.database.query<{ quantity: string }>(
    `SELECT line.quantity::text FROM orders.cart_lines line JOIN orders.carts cart ON cart.id = line.cart_id
     WHERE cart.buyer_id = $1`,
    [buyer],
  );
  return rows.map(({ quantity }) => quantity);
};

/** The workers of the graph that runs on finish what the dead have left. */
async function settled(): Promise<void> {
  const unfinished = "SELECT FROM orders.orders WHERE status = 'PLACING'";
  while ((await graph.database.query(unfinished)).length > 0) await new Promise((resolve) => setTimeout(resolve, 200));
}

describe('a process that is killed while it places an order', () => {
  const buyers = new Map(Object.keys(points).map((name) => [name, randomUUID()]));
  const ends = new Map<string, Awaited<ReturnType<typeof order>>>();

  beforeAll(async () => {
    const waiting = Object.entries(points);
    const killNext = async (): Promise<void> => {
      const [name, point] = waiting.shift() ?? [];
      if (!name || !point) return;
      ends.set(name, await order(buyers.get(name) ?? '', point));
      await killNext();
    };
    await Promise.all([killNext(), killNext(), killNext()]);
    await settled();
  });

  it.each(Object.entries(points))('%s, leaves all of it or nothing', async (name, { asked }) => {
    const buyer = buyers.get(name) ?? '';

    expect(ends.get(name)).toEqual({ signal: 'SIGKILL', output: '' });
    const whole: Trace = { status: 'PLACED', part: 'PLACED', reservation: 'RESERVED', told: 1 };
    expect(await tracesOf(buyer)).toEqual(asked ? [whole] : []);
    expect(await cartOf(buyer)).toEqual(asked ? [] : ['2.000']);
  });

  it('is asked again with the same key, and the answer is the one order', async () => {
    const told = buyers.get('after it stands, before the buyer is answered') ?? '';
    const lost = buyers.get('before its row is committed') ?? '';

    const again = await order(told, null, { FILL: 'no' });
    const anew = await order(lost, null, { FILL: 'no' });

    expect(JSON.parse(again.output).data.placeOrder).toMatchObject({ replayed: true, order: { status: 'PLACED' } });
    expect(JSON.parse(anew.output).data.placeOrder).toMatchObject({ replayed: false, order: { status: 'PLACED' } });
    expect(await tracesOf(told)).toHaveLength(1);
  });

  it('has taken from the shelf what stands in orders, and no more', async () => {
    const [sums] = await graph.database.query<{ reserved: string; ordered: string; strays: number }>(
      `SELECT (SELECT quantity::text FROM inventory.stock_reserved WHERE product_sku = 'TEA') AS reserved,
         (SELECT sum(line.quantity)::text FROM orders.order_lines line
            JOIN orders.supplier_orders part ON part.id = line.supplier_order_id WHERE part.status = 'PLACED') AS ordered,
         (SELECT count(*)::int FROM inventory.reservations reservation WHERE status = 'RESERVED' AND NOT EXISTS (
            SELECT FROM orders.supplier_orders part WHERE part.id::text = reservation.order_key)) AS strays`,
    );

    expect(sums).toEqual({ reserved: '20.000', ordered: '20.000', strays: 0 });
  });
});
