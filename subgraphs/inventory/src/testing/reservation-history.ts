import fc from 'fast-check';
import { type InventoryHarness, runId, type ShortRow } from './inventory-harness.ts';
import type { ReservationWords } from './reservation-words.ts';

const warehouses = ['1', '2'];
const orderKeys = ['A', 'B', 'C', 'D'];
/** Tea is counted under its barcode too, before and after the catalogue knows that it is tea. */
const barcode = '4600';
const keys = ['TEA', 'TEA', 'RICE', barcode];
const base = Date.now() - 60 * 60_000;
const moment = (minute: number) => new Date(base + minute * 60_000).toISOString();

interface Count {
  readonly kind: 'count';
  readonly minute: number;
  readonly rows: readonly ShortRow[];
}

interface Reserve {
  readonly kind: 'reserve';
  readonly orderKey: string;
  readonly wanted: Readonly<Record<string, string>>;
}

interface End {
  readonly kind: 'release' | 'handOver' | 'expire';
  readonly orderKey: string;
  readonly minute: number;
}

interface Appear {
  readonly kind: 'appear';
}

export type ShopEvent = Count | Reserve | End | Appear;

const amount = fc.constantFrom('1', '2', '3');
/** What an order wants is decided once: its commands repeat. */
const wishes = fc.tuple(
  ...orderKeys.map(() =>
    fc.oneof(
      fc.record({ TEA: amount }),
      fc.record({ RICE: amount }),
      fc.record({ TEA: amount, RICE: amount }),
      fc.record({ RICE: amount, TEA: amount }),
    ),
  ),
);

const count: fc.Arbitrary<ShopEvent> = fc.record({
  kind: fc.constant('count' as const),
  minute: fc.integer({ min: 0, max: 9 }),
  rows: fc.uniqueArray(
    fc
      .tuple(fc.constantFrom(...keys), fc.integer({ min: -1, max: 9 }), fc.constantFrom(...warehouses))
      .map(([sku, quantity, warehouse]): ShortRow => [sku, String(quantity), warehouse, sku === barcode]),
    { minLength: 1, maxLength: 4, selector: ([sku, , warehouse]) => `${sku} ${warehouse}` },
  ),
});

const appear: fc.Arbitrary<ShopEvent> = fc.constant({ kind: 'appear' });

const end = fc.record({
  kind: fc.constantFrom('release' as const, 'handOver' as const, 'handOver' as const, 'expire' as const),
  orderKey: fc.constantFrom(...orderKeys),
  minute: fc.integer({ min: 0, max: 9 }),
});

/** Counts, orders and their ends, some of them more than once, in the order in which they come in. */
export const shopHistory = wishes.chain((wanted) => {
  const reserve = fc
    .integer({ min: 0, max: orderKeys.length - 1 })
    .map((place): ShopEvent => ({ kind: 'reserve', orderKey: orderKeys[place] ?? '', wanted: { ...wanted[place] } }));
  return fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: count },
        { weight: 6, arbitrary: reserve },
        { weight: 4, arbitrary: end },
        { weight: 1, arbitrary: appear },
      ),
      { minLength: 4, maxLength: 14 },
    )
    .chain((events) => fc.tuple(fc.constant(events), fc.array(fc.constantFrom(...events), { maxLength: 4 })))
    .chain(([events, repeated]) => {
      const all = [...events, ...repeated];
      return fc.shuffledSubarray(all, { minLength: all.length });
    });
});

/** The same events, told in another order. */
export const shuffled = (events: readonly ShopEvent[]): fc.Arbitrary<ShopEvent[]> =>
  fc.shuffledSubarray([...events], { minLength: events.length });

export interface Said {
  /** The status that a reservation was answered with. */
  readonly status?: string;
  /** The code of a refusal. */
  readonly code?: unknown;
}

/** Lets one event happen, and tells what was answered. */
export async function happenInShop(shop: InventoryHarness, orders: ReservationWords, event: ShopEvent): Promise<Said> {
  switch (event.kind) {
    case 'count':
      await shop.apply(event.rows, { observedAt: moment(event.minute), runId: runId(event.minute) });
      return {};
    case 'appear':
      await shop.apply([], { appeared: [{ sku: 'TEA', barcode, formerSku: null }] });
      return {};
    case 'expire':
      await shop.subgraph.dataSource.query("SELECT end_reservations($1, 'EXPIRED', 'test', now())", [[event.orderKey]]);
      return {};
    case 'reserve':
      return saidOf(await orders.say('reserveStock', { orderKey: event.orderKey, lines: wantedLines(event.wanted) }));
    case 'release':
      return saidOf(await orders.say('releaseReservation', { orderKey: event.orderKey }));
    case 'handOver': {
      const { orderKey, minute } = event;
      return saidOf(await orders.say('settleReservation', { orderKey, handedOverAt: moment(minute) }));
    }
  }
}

const wantedLines = (wanted: Reserve['wanted']) => Object.entries(wanted).map(([sku, quantity]) => ({ sku, quantity }));

const saidOf = ({ data, errors }: Awaited<ReturnType<ReservationWords['say']>>): Said =>
  errors ? { code: errors[0]?.extensions?.code } : { status: data.answer.status };

/**
 * Whether a line that was handed over ought to be settled: told from the counts alone, without any order. The newest count
 * of each warehouse says whether it holds the good; each that does must be newer than the handover, and one must be.
 */
export function oughtToBeSettled(events: readonly ShopEvent[], sku: string, handedOver: number): boolean {
  const isTea = events.some(({ kind }) => kind === 'appear');
  const newest = new Map<string, { minute: number; quantity: number }>();
  for (const event of events) {
    if (event.kind !== 'count') continue;
    for (const [name, text, warehouse = '1'] of event.rows) {
      if ((isTea && name === barcode ? 'TEA' : name) !== sku) continue;
      const one = { minute: event.minute, quantity: Number(text) };
      const other = newest.get(warehouse);
      const wins =
        !other || one.minute > other.minute || (one.minute === other.minute && one.quantity < other.quantity);
      if (wins) newest.set(warehouse, one);
    }
  }
  const counts = [...newest.values()];
  return (
    counts.some(({ minute }) => minute > handedOver) &&
    counts.every(({ minute, quantity }) => quantity === 0 || minute > handedOver)
  );
}
