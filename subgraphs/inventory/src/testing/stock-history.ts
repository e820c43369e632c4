import fc from 'fast-check';
import { type InventoryHarness, runId, type ShortRow } from './inventory-harness.ts';

/** The default warehouse and the first that a test makes. */
const warehouses = ['1', '2'];

interface StockEvent {
  readonly kind: 'stock';
  readonly minute: number;
  readonly run: number;
  readonly mode: 'DELTA' | 'SNAPSHOT';
  readonly rows: readonly ShortRow[];
}

interface AppearEvent {
  readonly kind: 'appear';
  readonly sku: string;
  readonly barcode: string | null;
}

export type SyncEvent = StockEvent | AppearEvent;

/** Two goods with a barcode each, under which stock may come before they are known, and one that stays unknown. */
const goods = { TEA: '4600', RICE: '4601' } as const;
// One good much oftener than the rest, so that its observations meet.
const keys = ['TEA', 'TEA', 'TEA', '4600', '4600', '4600', 'RICE', '4601', 'GHOST'];

const row = fc
  .tuple(fc.constantFrom(...keys), fc.integer({ min: -1, max: 2 }), fc.constantFrom(0, 0, 0, 1), fc.boolean())
  // The catalogue never knows a barcode as a SKU here, nor the ghost.
  .map(
    ([key, quantity, place, parked]): ShortRow => [key, String(quantity), warehouses[place], parked || !(key in goods)],
  );

const stock: fc.Arbitrary<SyncEvent> = fc.record({
  kind: fc.constant('stock' as const),
  minute: fc.integer({ min: 0, max: 3 }),
  run: fc.integer({ min: 1, max: 3 }),
  mode: fc.constantFrom('DELTA' as const, 'SNAPSHOT' as const),
  rows: fc.uniqueArray(row, { minLength: 1, maxLength: 6, selector: ([key, , warehouse]) => `${key} ${warehouse}` }),
});

const appear: fc.Arbitrary<SyncEvent> = fc
  .constantFrom(...Object.entries(goods))
  .map(([sku, barcode]) => ({ kind: 'appear' as const, sku, barcode }));

/** What happened, in the order in which it came in: some of it more than once. */
export const history = fc
  .array(fc.oneof({ weight: 4, arbitrary: stock }, { weight: 1, arbitrary: appear }), { minLength: 2, maxLength: 8 })
  .chain((events) => fc.tuple(fc.constant(events), fc.array(fc.constantFrom(...events), { maxLength: 4 })))
  .chain(([events, repeated]) => {
    const all = [...events, ...repeated];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });

/** What ought to be stored after all of the events, in whatever order: told without any order at all. */
export function expectedStocks(events: readonly SyncEvent[]): string[] {
  const known = new Map<string, string>();
  for (const event of events) {
    if (event.kind !== 'appear') continue;
    known.set(event.sku, event.sku);
    if (event.barcode) known.set(event.barcode, event.sku);
  }
  const best = new Map<string, { minute: number; quantity: number; parked: boolean }>();
  for (const event of events) {
    if (event.kind !== 'stock') continue;
    for (const [key, text, warehouse, parked] of event.rows) {
      const place = `${warehouse} ${known.get(key) ?? key}`;
      const one = { minute: event.minute, quantity: Number(text), parked: parked === true && !known.has(key) };
      const other = best.get(place) ?? one;
      const wins = one.minute > other.minute || (one.minute === other.minute && one.quantity < other.quantity);
      best.set(place, { ...(wins ? one : other), parked: one.parked && other.parked });
    }
  }
  return [...best].map(([place, { quantity, parked }]) => `${place} ${quantity} ${parked}`).toSorted();
}

const base = Date.now() - 60 * 60_000;

/** Lets one event happen. */
export async function happen(shop: InventoryHarness, event: SyncEvent): Promise<void> {
  if (event.kind === 'appear') {
    await shop.apply([], { appeared: [{ sku: event.sku, barcode: event.barcode, formerSku: null }] });
    return;
  }
  // Four minutes apart: some rows are confirmed anew and some are not.
  const observedAt = new Date(base + event.minute * 4 * 60_000).toISOString();
  await shop.apply(event.rows, { observedAt, runId: runId(event.run), mode: event.mode });
}

/** What is stored, in the form of `expectedStocks`. */
export async function storedStocks(shop: InventoryHarness): Promise<string[]> {
  const rows = await shop.stocks();
  return rows
    .map(({ sku, warehouseId, quantity, parked }) => `${warehouseId} ${sku} ${Number(quantity)} ${parked}`)
    .toSorted();
}

/** Follows each quantity through the ledger; says where a change does not start from where the last one ended. */
export async function ledgerBreaks(shop: InventoryHarness): Promise<unknown[]> {
  return shop.subgraph.ownerQuery(`
    WITH step AS (
      SELECT *, lag(to_quantity) OVER good AS before, lead(id) OVER good IS NULL AS is_last
      FROM inventory.stock_ledger WINDOW good AS (PARTITION BY product_sku, warehouse_id ORDER BY id)
    )
    SELECT step.product_sku, step.from_quantity, step.before, stock.quantity
    FROM step LEFT JOIN inventory.warehouse_stocks AS stock USING (product_sku, warehouse_id)
    WHERE from_quantity IS DISTINCT FROM before OR from_quantity = to_quantity AND reason <> 'MOVED'
      OR is_last AND to_quantity <> coalesce(stock.quantity, 0)`);
}
