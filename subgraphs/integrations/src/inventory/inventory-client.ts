import type { SubgraphRequest } from '@gastronom/shared/subgraph';
import type { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { type BatchHead, callPeer, type PeerResult, type SnapshotInput, wire } from '../peer.ts';
import type { WarehouseRow } from '../row/warehouse-row.ts';

export interface KnownWarehouse {
  readonly id: string;
  readonly externalId: string;
  readonly name: string;
  readonly isDefault: boolean;
}

export interface StockRow {
  readonly index: number;
  readonly sku: string;
  readonly warehouseId: string;
  readonly quantity: string;
  /** The catalogue does not know the goods yet. */
  readonly parked: boolean;
}

/** Goods that are new in the catalogue: stock that waited for them is theirs now. */
export interface Appearance {
  readonly sku: string;
  readonly barcode: string | null;
  readonly formerSku: string | null;
}

export interface StockSnapshot {
  readonly total: number;
  readonly missing: number;
  readonly zeroed: number;
}

/** How it went with asking 1C for fresh stock of a warehouse. */
export interface StockRefreshReport {
  readonly warehouseId: string;
  /** When it was asked for; null where 1C spoke by itself. */
  readonly requestedAt: string | null;
  /** 1C took the request; it did not, after all tries; its answer was applied. */
  readonly outcome: 'ACCEPTED' | 'FAILED' | 'ANSWERED';
  readonly reason?: string;
}

const warehouseDirectory = 'query WarehouseDirectory { warehouseDirectory }';
const applyWarehouses = 'mutation ApplyWarehouses($batch: JSON!) { applyWarehouses(batch: $batch) }';
const applyStocks = 'mutation ApplyStocks($batch: JSON!) { applyStocks(batch: $batch) }';
const reportRefresh = 'mutation ReportStockRefresh($input: JSON!) { reportStockRefresh(input: $input) }';
const applySnapshot = 'mutation ApplyStockSnapshot($input: JSON!) { applyStockSnapshot(input: $input) }';

/** What sync asks of inventory. */
export class InventoryClient {
  readonly #client: SubgraphClient;
  readonly #request: SubgraphRequest;

  constructor(client: SubgraphClient, request: SubgraphRequest) {
    this.#client = client;
    this.#request = request;
  }

  warehouseDirectory(): Promise<KnownWarehouse[]> {
    return this.#call('warehouseDirectory', warehouseDirectory, {});
  }

  applyWarehouses(head: BatchHead, rows: readonly WarehouseRow[]): Promise<PeerResult[]> {
    return this.#call('applyWarehouses', applyWarehouses, { batch: { ...wire(head), rows } });
  }

  applyStocks(head: BatchHead, rows: readonly StockRow[], appeared: readonly Appearance[]): Promise<PeerResult[]> {
    return this.#call('applyStocks', applyStocks, { batch: { ...wire(head), rows, appeared } });
  }

  applySnapshot(input: SnapshotInput): Promise<StockSnapshot> {
    return this.#call('applyStockSnapshot', applySnapshot, { input: wire(input) });
  }

  async reportStockRefresh(report: StockRefreshReport): Promise<void> {
    await this.#call('reportStockRefresh', reportRefresh, { input: report });
  }

  #call<Answer>(field: string, query: string, variables: Record<string, unknown>): Promise<Answer> {
    return callPeer<Answer>(this.#client, 'inventory', { field, query, variables }, this.#request);
  }
}
