import type { Clock } from '@gastronom/shared/clock';
import { createLogger } from '@gastronom/shared/logger';
import type { SubgraphDefinition, SubgraphTransport } from '@gastronom/shared/subgraph';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { createInventoryContext } from '../context.ts';
import type { InventorySettings } from '../env.ts';
import type { RowResult } from '../row-result.ts';
import type { StockBatch } from '../stock/stock-batch.ts';
import { inventory } from '../subgraph.ts';

/** A row in one line: `['MILK', '12.5']` lies in the default warehouse, `['MILK', '12.5', '2']` in another. */
export type ShortRow = readonly [sku: string, quantity: string, warehouseId?: string, parked?: boolean];

/** A moment so many minutes before now. */
export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

export const runId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export interface StockRow {
  readonly sku: string;
  readonly warehouseId: string;
  readonly quantity: string;
  readonly parked: boolean;
}

/** The inventory subgraph on a database of its own, with the words that tests of it are told in. */
export class InventoryHarness {
  readonly subgraph: TestSubgraph;
  /** Waits until what reads noticed has come to pass. */
  readonly settled: () => Promise<void>;

  private constructor(subgraph: TestSubgraph, settled: () => Promise<void>) {
    this.subgraph = subgraph;
    this.settled = settled;
  }

  /** With `works`, jobs are done too. */
  static async open(
    catalog?: SubgraphTransport,
    settings?: InventorySettings,
    { clock, works = false }: { readonly clock?: Clock; readonly works?: boolean } = {},
  ): Promise<InventoryHarness> {
    let contextOf: ReturnType<typeof createInventoryContext> | undefined;
    const definition: SubgraphDefinition = {
      ...inventory,
      createContext(environment) {
        contextOf = createInventoryContext(environment, settings, clock);
        return contextOf;
      },
    };
    const subgraphs: Record<string, SubgraphTransport> = catalog ? { catalog } : {};
    const subgraph = await createTestSubgraph(definition, { subgraphs, works });
    const request = { viewer: viewers.internal, requestId: 'test', logger: createLogger('test', 'silent') };
    return new InventoryHarness(subgraph, async () => contextOf?.(request).refreshNotice?.settled());
  }

  close(): Promise<void> {
    return this.subgraph.close();
  }

  /** Runs an operation that must succeed. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async ask(query: string, variables: Record<string, unknown> = {}, viewer: Viewer = viewers.staff): Promise<any> {
    const { data, errors } = await this.subgraph.execute(query, variables, viewer);
    if (errors) throw new Error(errors.map((error) => `${error.path?.join('.')}: ${error.message}`).join('; '));
    return data;
  }

  /** Applies a batch; the whole result rows. */
  async applyInFull(rows: readonly ShortRow[], batch: Partial<StockBatch> = {}): Promise<RowResult[]> {
    const whole = {
      source: 'scraper',
      runId: runId(1),
      observedAt: minutesAgo(1),
      actor: 'key:scraper',
      ...batch,
      rows: rows.map(([sku, quantity, warehouseId = '1', parked = false], index) => ({
        index,
        sku,
        quantity,
        warehouseId,
        parked,
      })),
    };
    const mutation = 'mutation ($batch: JSON!) { applyStocks(batch: $batch) }';
    return (await this.ask(mutation, { batch: whole }, viewers.internal)).applyStocks;
  }

  /** Applies a batch; its outcomes alone. */
  async apply(rows: readonly ShortRow[], batch: Partial<StockBatch> = {}): Promise<string[]> {
    return (await this.applyInFull(rows, batch)).map((result) => result.outcome);
  }

  async snapshot(input: object): Promise<{ total: number; missing: number; zeroed: number }> {
    const mutation = 'mutation ($input: JSON!) { applyStockSnapshot(input: $input) }';
    return (await this.ask(mutation, { input }, viewers.internal)).applyStockSnapshot;
  }

  async makeWarehouse(externalId: string, name = `Warehouse ${externalId}`): Promise<string> {
    const mutation =
      'mutation ($input: CreateWarehouseInput!) { createWarehouse(input: $input) { warehouse { id } userErrors { code } } }';
    return (await this.ask(mutation, { input: { externalId, name } })).createWarehouse.warehouse.id;
  }

  /** Fields of goods, as the gateway asks for them. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  async goods(goods: readonly object[], fields: string, viewer: Viewer = viewers.anonymous): Promise<any[]> {
    const query = `query ($goods: [_Any!]!) { _entities(representations: $goods) { ... on Product { ${fields} } } }`;
    const representations = goods.map((good) => ({
      __typename: 'Product',
      isAvailable: true,
      categoryPath: [],
      ...good,
    }));
    return (await this.ask(query, { goods: representations }, viewer))._entities;
  }

  async availableOnline(sku: string, catalogue: object = {}): Promise<number> {
    const [good] = await this.goods([{ sku, ...catalogue }], 'availableOnline');
    return good.availableOnline;
  }

  /** Every stock row, by warehouse and SKU. */
  stocks(): Promise<StockRow[]> {
    return this.subgraph.ownerQuery(
      `SELECT product_sku AS sku, warehouse_id::text AS "warehouseId", quantity::text, parked
       FROM inventory.warehouse_stocks ORDER BY warehouse_id, product_sku`,
    );
  }

  /** The version of every stock row: it moves whenever a row is written. */
  versions(): Promise<{ sku: string; version: string }[]> {
    return this.subgraph.ownerQuery(
      'SELECT product_sku AS sku, xmin::text AS version FROM inventory.warehouse_stocks ORDER BY product_sku, warehouse_id',
    );
  }

  /** Every change of a quantity, oldest first, as `from → to`. */
  async ledger(sku: string): Promise<string[]> {
    const rows = await this.subgraph.ownerQuery<{ line: string }>(
      `SELECT reason || ' ' || coalesce(from_quantity::float8::text, '–') || ' → ' || to_quantity::float8 AS line
       FROM inventory.stock_ledger WHERE product_sku = $1 ORDER BY id`,
      [sku],
    );
    return rows.map(({ line }) => line);
  }

  /** Forgets everything but the warehouses. */
  async empty(): Promise<void> {
    // Deleting a few rows is faster than truncating tables.
    const tables = [
      'reservation_lines',
      'reservations',
      'stock_reserved',
      'warehouse_stocks',
      'stock_keys',
      'sync_observations',
      'stock_ledger',
      'buffers',
      'buffer_changes',
      'warehouse_refreshes',
      'availability_announced',
    ];
    const deletions = tables.map((table) => `DELETE FROM inventory.${table};`).join('\n');
    await this.subgraph.ownerQuery(
      `${deletions} UPDATE inventory.warehouses SET complete_as_of = NULL, complete_source = NULL;
       UPDATE inventory.refresh_breaker SET failures = 0, opened_at = NULL, open_until = NULL`,
    );
  }
}
