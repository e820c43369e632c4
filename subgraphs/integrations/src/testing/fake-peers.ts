import { DomainError } from '@gastronom/shared/domain-error';
import type { SubgraphOperation } from '@gastronom/shared/subgraph';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { GraphQLError } from 'graphql';
import type { BatchHead, PeerResult, SnapshotInput } from '../peer.ts';

type Json = Record<string, unknown>;
type Answer = (input: never) => unknown;

/** How a subgraph can fail: before it did anything, with a fault of its own, or after it did all. */
export type Fault = 'unavailable' | 'fault' | 'timeout';

/** A subgraph that answers internal operations as agreed, remembers what it was asked, and fails when told to. */
export abstract class FakePeer {
  readonly calls: { operation: string; input: Json }[] = [];
  fault: Fault | undefined;
  /** One operation of which so many calls are answered, and the next one is not. */
  faultAfter: { readonly operation: string; calls: number } | undefined;
  /** Waits here before it answers, when set. */
  pause: Promise<void> | undefined;
  protected abstract readonly answers: Readonly<Record<string, Answer>>;

  readonly transport = fakeSubgraph(async ({ query, variables }: SubgraphOperation) => {
    const operation = /\{ (\w+)/.exec(query)?.[1] ?? '';
    const input = (Object.values(JSON.parse(JSON.stringify(variables ?? {})))[0] ?? {}) as Json;
    this.calls.push({ operation, input });
    await this.pause;
    if (this.fault === 'unavailable' || this.#isDue(operation))
      throw new DomainError('SUBGRAPH_UNAVAILABLE', 'It cannot be reached.');
    if (this.fault === 'fault') return { errors: [new GraphQLError('Something went wrong on our side.')] };
    const answer = this.answers[operation]?.(input as never);
    if (this.fault === 'timeout') throw new DomainError('SUBGRAPH_TIMEOUT', 'It did not answer in time.');
    return { data: { [operation]: answer } };
  });

  #isDue(operation: string): boolean {
    if (this.faultAfter?.operation !== operation) return false;
    this.faultAfter.calls -= 1;
    if (this.faultAfter.calls >= 0) return false;
    this.faultAfter = undefined;
    return true;
  }

  /** What it was asked to do since the last look. */
  take(operation: string): Json[] {
    const taken = this.calls.filter((call) => call.operation === operation).map(({ input }) => input);
    this.calls.length = 0;
    return taken;
  }
}

interface Batch<Row> extends Omit<BatchHead, 'observedAt'> {
  readonly observedAt: string;
  readonly rows: readonly Row[];
}

interface GoodsRow {
  readonly index: number;
  readonly sku: string | null;
  readonly barcode?: string | null;
  readonly removed?: boolean;
}

/** Goods by SKU; the catalogue's rules in so far as integrations can tell. */
export class FakeCatalog extends FakePeer {
  readonly goods = new Map<string, { barcode: string | null; text: string }>();
  readonly seen: { runId: string; observedAt: string; skus: string[] }[] = [];

  protected readonly answers = {
    applyProducts: ({ rows, runId, observedAt }: Batch<GoodsRow>) => {
      const late = new Set(this.seen.filter((past) => past.observedAt > observedAt).flatMap(({ skus }) => skus));
      const results = rows.map((row) => this.#apply(row, late));
      this.seen.push({ runId, observedAt, skus: results.flatMap(({ sku }) => sku ?? []) });
      return results;
    },
    applyCategories: ({ rows }: Batch<{ index: number }>) =>
      rows.map(({ index }): PeerResult => ({ index, sku: null, outcome: 'CREATED', errors: [] })),
    matchProducts: (rows: readonly { sku: string | null; barcode: string | null }[]) =>
      rows.map(({ sku, barcode }) => {
        const own = sku ?? this.#byBarcode(barcode)[0] ?? barcode;
        return { sku: own, known: this.goods.has(own ?? ''), error: null };
      }),
    _entities: (representations: readonly { sku: string }[]) =>
      representations.map(({ sku }) => {
        const known = this.goods.get(sku);
        return known ? { sku, name: (JSON.parse(known.text) as { name?: string }).name ?? sku } : null;
      }),
    applyProductSnapshot: ({ runId, keep, dryRun }: SnapshotInput) => {
      const mentioned = new Set([
        ...keep,
        ...this.seen.filter((past) => past.runId === runId).flatMap(({ skus }) => skus),
      ]);
      const missing = [...this.goods.keys()].filter((sku) => !mentioned.has(sku));
      const total = this.goods.size;
      if (!dryRun) for (const sku of missing) this.goods.delete(sku);
      return { total, missing: missing.length, hidden: dryRun ? 0 : missing.length };
    },
  };

  #byBarcode(barcode: string | null | undefined): string[] {
    return barcode ? [...this.goods].filter(([, good]) => good.barcode === barcode).map(([sku]) => sku) : [];
  }

  #apply({ index, ...row }: GoodsRow, late: ReadonlySet<string>) {
    const alike = row.sku ? [] : this.#byBarcode(row.barcode);
    const sku = row.sku ?? alike[0] ?? row.barcode ?? '';
    const base = { index, sku, barcode: row.barcode ?? null, productId: sku, created: false, errors: [] };
    if (alike.length > 1) {
      const errors = [{ code: 'AMBIGUOUS_BARCODE', field: 'barcode', message: 'Several goods have it.' }];
      return { ...base, sku: null, productId: null, outcome: 'REJECTED', errors };
    }
    if (late.has(sku)) return { ...base, outcome: 'STALE' };
    const known = this.goods.get(sku);
    if (row.removed && !known) return { ...base, productId: null, outcome: 'UNCHANGED' };
    const text = JSON.stringify(row);
    if (known?.text === text) return { ...base, outcome: 'UNCHANGED' };
    this.goods.set(sku, { barcode: row.barcode ?? null, text });
    return { ...base, created: !known, outcome: known ? 'UPDATED' : 'CREATED' };
  }
}

/** Stock by warehouse and SKU. */
export class FakeInventory extends FakePeer {
  readonly stock = new Map<string, string>();
  /** What it was told of how 1C answers. */
  readonly reports: Json[] = [];
  /** How many rows the next snapshot does not mention. */
  missing = 0;
  readonly warehouses = [{ id: '1', externalId: '001', name: 'Atyrau Main', isDefault: true }];

  protected readonly answers = {
    warehouseDirectory: () => this.warehouses,
    applyWarehouses: ({ rows }: Batch<{ index: number; externalId: string; name: string }>) =>
      rows.map(({ index, externalId, name }): PeerResult => {
        this.warehouses.push({ id: String(this.warehouses.length + 1), externalId, name, isDefault: false });
        return { index, sku: null, outcome: 'CREATED', errors: [] };
      }),
    applyStocks: ({
      rows,
    }: Batch<{ index: number; sku: string; warehouseId: string; quantity: string; parked: boolean }>) =>
      rows.map(({ index, sku, warehouseId, quantity, parked }): PeerResult => {
        const key = `${warehouseId}:${sku}`;
        const before = this.stock.get(key);
        this.stock.set(key, quantity);
        const made = parked ? 'PARKED' : 'CREATED';
        return {
          index,
          sku,
          outcome: before === undefined ? made : before === quantity ? 'UNCHANGED' : 'UPDATED',
          errors: [],
        };
      }),
    reportStockRefresh: (report: Json) => {
      this.reports.push(report);
      return {};
    },
    applyStockSnapshot: ({ dryRun }: SnapshotInput) => ({
      total: this.stock.size,
      missing: this.missing,
      zeroed: dryRun ? 0 : this.missing,
    }),
  };
}
