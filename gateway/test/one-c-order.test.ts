import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { modes } from './harness.ts';
import { ShopWithOneC, secret, until, webhook } from './one-c-harness.ts';

const skus = ['A-1', 'B-2', 'C-3'];
const start = Date.now() - 60 * 60_000;

/** A callback about some goods, as of one of a few moments, which it names itself or by the token of its trigger. */
interface Said {
  readonly minute: number;
  readonly byToken: boolean;
  /** Whether all that it does not mention is gone. */
  readonly isSnapshot: boolean;
  readonly counts: readonly { readonly sku: string; readonly quantity: number }[];
}

const said: fc.Arbitrary<Said> = fc.record({
  minute: fc.integer({ min: 0, max: 3 }),
  byToken: fc.boolean(),
  isSnapshot: fc.boolean(),
  counts: fc.uniqueArray(fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: -2, max: 9 }) }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ sku }) => sku,
  }),
});

/** The same callbacks, and in which order two warehouses hear them: each at least once. */
const history = fc.array(said, { minLength: 2, maxLength: 5 }).chain((all) => {
  const indices = all.map((_, i) => i);
  const heard = fc
    .array(fc.constantFrom(...indices), { maxLength: 3 })
    .chain((again) => fc.shuffledSubarray([...indices, ...again], { minLength: indices.length + again.length }));
  return fc.record({ all: fc.constant(all), first: heard, second: heard });
});

describe.each(modes)('callbacks in any order, %s', (mode) => {
  let shop: ShopWithOneC;
  let warehouses = 0;
  beforeAll(async () => {
    shop = await ShopWithOneC.open(mode, {}, { SYNC_FUSE_SHARE: '1' });
    await shop.stocked(Object.fromEntries(skus.map((sku) => [sku, 1])), 120);
  });
  afterAll(() => shop.stop());

  /** A warehouse that has heard nothing yet. */
  async function declare(): Promise<{ id: string; externalId: string }> {
    warehouses += 1;
    const externalId = `W${warehouses}`;
    const items = [{ externalId, name: externalId }];
    await shop.graph.query(
      'mutation ($input: SyncWarehousesInput!) { syncWarehouses(input: $input) { userErrors { message } } }',
      { input: { source: 'shop', items } },
      shop.graph.tokens.service,
    );
    const [row] = await shop.graph.database.query<{ id: string }>(
      'SELECT id FROM inventory.warehouses WHERE external_id_1c = $1',
      [externalId],
    );
    return { id: String(row?.id), externalId };
  }

  /** The token of a trigger that was sent at a moment. */
  async function tokenOf({ id, externalId }: { id: string; externalId: string }, moment: Date): Promise<string> {
    const token = randomUUID();
    await shop.graph.database.query(
      `INSERT INTO integrations.one_c_triggers
         (event_id, token_hash, warehouse_id, external_id, requested_at, accepted_at)
       VALUES ($1, $2, $3, $4, $5, now())`,
      [randomUUID(), createHash('sha256').update(token).digest(), id, externalId, moment],
    );
    return token;
  }

  /** What a warehouse holds once it has heard callbacks in an order; of which goods it was never told, it has none. */
  async function hear(all: readonly Said[], order: readonly number[]): Promise<unknown> {
    const warehouse = await declare();
    // A snapshot has a moment to itself: what it does not mention was never told to be there at that very moment.
    const moments = all.map(
      ({ minute, isSnapshot }, i) => new Date(start + minute * 60_000 + (isSnapshot ? (i + 1) * 1_000 : 0)),
    );
    const tokens: string[] = [];
    for (const moment of moments) tokens.push(await tokenOf(warehouse, moment));
    for (const index of order) {
      const { byToken = false, isSnapshot = false, counts = [] } = all[index] ?? {};
      const body = {
        warehouse_id_1c: warehouse.externalId,
        items: counts.map(({ sku, quantity }) => ({ nomenclature_code: sku, quantity })),
        mode: isSnapshot ? 'snapshot' : 'delta',
        ...(byToken ? {} : { observed_at: moments[index]?.toISOString() }),
      };
      const address = shop.graph.url.replace('/graphql', webhook) + (byToken ? `?token=${tokens[index]}` : '');
      const { status } = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-webhook-secret': secret },
        body: JSON.stringify(body),
      });
      if (status !== 200) throw new Error(`the webhook answered ${status}`);
    }
    await until('all is applied', async () => {
      const [row] = await shop.graph.database.query<{ waiting: number; failed: number }>(
        `SELECT count(*) FILTER (WHERE status = 'RECEIVED')::int AS waiting,
           count(*) FILTER (WHERE status = 'FAILED')::int AS failed FROM integrations.one_c_deliveries`,
      );
      if (row?.failed) throw new Error('a delivery failed');
      return row?.waiting === 0;
    });
    return shop.graph.database.query(
      `SELECT product_sku AS sku, quantity FROM inventory.warehouse_stocks WHERE warehouse_id = $1 AND quantity <> 0 ORDER BY 1`,
      [warehouse.id],
    );
  }

  it('and however often, come to the same stock', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ all, first, second }) => {
        expect(await hear(all, second)).toEqual(await hear(all, first));
      }),
      { numRuns: 10 },
    );
  });
});
