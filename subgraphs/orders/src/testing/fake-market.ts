import type { SubgraphOperation, SubgraphTransport } from '@gastronom/shared/subgraph';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';

export const houseId = '00000000-0000-7000-8000-000000000001';
export const fisheryId = '00000000-0000-7000-8000-0000000000f1';
export const dairyId = '00000000-0000-7000-8000-0000000000f2';

type Loose = Record<string, unknown>;

const day = (on: string, cutOffAt: string) => ({ on, from: '08:00', to: '12:00', cutOffAt });

const supplier = (id: string, name: string, more: Loose = {}) => ({
  ...{ id, name, organizationId: null, isHouse: false, currency: 'EUR', minimum: null, delivery: null },
  ...{ hasDeliveryDays: true, timeZone: 'UTC', cancelUntil: 'CUT_OFF' },
  days: [day('2026-11-24', '2026-11-23T18:00:00.000Z'), day('2026-11-26', '2026-11-25T18:00:00.000Z')],
  ...more,
});

const offer = (id: string, supplierId: string, name: string, amount: string, more: Loose = {}) => ({
  ...{ offerId: id, status: 'OK', supplierId, supplierSku: `s-${name}`, productSku: null, gtin: null, name },
  ...{ unit: 'BOX', baseUnit: 'KILOGRAM', packSize: '5', multiple: '1', minimumQuantity: '1' },
  ...{ price: { amount, currency: 'EUR' }, taxRate: '12.00', taxIncluded: false, catchWeight: false },
  ...{ leadTimeDays: 0, available: null },
  ...more,
});

export const offerId = (end: string): string => `00000000-0000-4000-8000-0000000001${end}`;
export const cod = offerId('01');
export const crab = offerId('02');
export const milk = offerId('03');
export const tea = 'house:TEA';
export const rice = 'house:RICE';

/** A house, a fishery and a dairy, as suppliers' subgraph tells of them. A test changes what it likes. */
export class FakeSuppliers {
  suppliers = new Map<string, Loose>();
  offers = new Map<string, Loose>();
  isAway = false;
  readonly transport: SubgraphTransport;

  constructor() {
    this.reset();
    this.transport = fakeSubgraph(async ({ query, variables }) => {
      if (this.isAway) throw new Error('suppliers are away');
      if (!query.includes('quoteOffers')) throw new Error(`suppliers were asked ${query}`);
      return { data: { quoteOffers: this.#quote((variables as { input: { lines: Loose[] } }).input.lines) } };
    });
  }

  reset(): void {
    this.isAway = false;
    const house = {
      isHouse: true,
      hasDeliveryDays: false,
      days: [],
      minimum: null,
      delivery: { fee: '5', freeFrom: '50' },
    };
    this.suppliers = new Map(
      [
        supplier(houseId, 'The Shop', house),
        supplier(fisheryId, 'Fishery', { minimum: { amount: '30', hard: true } }),
        supplier(dairyId, 'Dairy', { minimum: { amount: '20', hard: false } }),
      ].map((one) => [one.id, one]),
    );
    const ofHouse = { packSize: '1', unit: 'PIECE', baseUnit: 'PIECE', taxIncluded: true };
    this.offers = new Map(
      [
        offer(cod, fisheryId, 'Cod', '10.50'),
        offer(crab, fisheryId, 'Crab', '99.99', { leadTimeDays: 2, multiple: '0.5' }),
        offer(milk, dairyId, 'Milk', '3.333', { multiple: '2', minimumQuantity: '4' }),
        offer(tea, houseId, 'Tea', '4.20', { ...ofHouse, productSku: 'TEA', available: '10' }),
        offer(rice, houseId, 'Rice', '2.10', { ...ofHouse, productSku: 'RICE', available: '10' }),
      ].map((one) => [one.offerId, one]),
    );
  }

  change(id: string, what: Loose): void {
    const [all, known] = this.offers.has(id)
      ? [this.offers, this.offers.get(id)]
      : [this.suppliers, this.suppliers.get(id)];
    all.set(id, { ...known, ...what });
  }

  #quote(lines: readonly Loose[]): Loose {
    const quoted = lines.map(({ key, offerId: id }) => {
      const found = this.offers.get(String(id));
      return found ? { ...found, key } : { key, offerId: id, status: 'UNKNOWN_OFFER' };
    });
    const concerned = new Set(quoted.map((line) => (line as Loose).supplierId));
    return { lines: quoted, suppliers: [...this.suppliers.values()].filter(({ id }) => concerned.has(id)) };
  }
}

interface Reserved {
  readonly lines: string;
  readonly goods: ReadonlyMap<string, number>;
  status: 'RESERVED' | 'RELEASED';
}

/** Inventory as its contract says: all lines or none, once for each key. */
export class FakeInventory {
  readonly stock = new Map<string, number>();
  readonly reservations = new Map<string, Reserved>();
  readonly expiries: string[] = [];
  /** Called before and after each reservation: a test may fail there. */
  before: () => Promise<void> = async () => {};
  after: () => Promise<void> = async () => {};
  readonly transport: SubgraphTransport = fakeSubgraph((operation) => this.#answer(operation));

  reset(): void {
    this.stock.clear();
    for (const sku of ['TEA', 'RICE']) this.stock.set(sku, 10);
    this.reservations.clear();
    this.before = async () => {};
    this.after = async () => {};
  }

  held(): string[] {
    return [...this.reservations].flatMap(([key, { status }]) => (status === 'RESERVED' ? [key] : []));
  }

  async #answer({ query, variables }: SubgraphOperation) {
    const { input } = variables as {
      input: { orderKey: string; expiresAt?: string; lines?: { sku: string; quantity: string }[] };
    };
    if (query.includes('releaseReservation')) return this.#release(input.orderKey);
    await this.before();
    const answer = this.#reserve(input.orderKey, input.lines ?? []);
    this.expiries.push(input.expiresAt ?? '');
    await this.after();
    return { data: { reserveStock: answer } };
  }

  #reserve(orderKey: string, lines: readonly { sku: string; quantity: string }[]) {
    const known = this.reservations.get(orderKey);
    const judged = lines.map(({ sku, quantity }) => {
      const available = this.stock.get(sku) ?? 0;
      const outcome = known || Number(quantity) <= available ? 'RESERVED' : 'INSUFFICIENT';
      return { sku, quantity, outcome, available: available.toFixed(3) };
    });
    if (known) return { status: known.status, replayed: true, lines: judged };
    if (judged.some(({ outcome }) => outcome !== 'RESERVED'))
      return { status: 'REFUSED', replayed: false, lines: judged };
    const goods = new Map(lines.map(({ sku, quantity }) => [sku, Number(quantity)]));
    for (const [sku, quantity] of goods) this.stock.set(sku, (this.stock.get(sku) ?? 0) - quantity);
    this.reservations.set(orderKey, { lines: JSON.stringify(lines), goods, status: 'RESERVED' });
    return { status: 'RESERVED', replayed: false, lines: judged };
  }

  #release(orderKey: string) {
    const known = this.reservations.get(orderKey);
    if (!known)
      return { data: null, errors: [{ message: 'nothing was reserved', extensions: { code: 'NOT_FOUND' } }] as never };
    if (known.status === 'RESERVED')
      for (const [sku, quantity] of known.goods) this.stock.set(sku, (this.stock.get(sku) ?? 0) + quantity);
    known.status = 'RELEASED';
    return { data: { releaseReservation: { orderKey, status: 'RELEASED' } } };
  }
}
