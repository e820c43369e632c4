import type { CategoryItem, ProductItem, StockItem, WarehouseItem } from '@gastronom/commerceml/row';
import type { GraphClient } from '../graph-client.ts';
import type { Outcome } from './outcome-tally.ts';
import type { RowError } from './rejects-file.ts';

export interface RowResult {
  index: number;
  outcome: Outcome;
  errors: RowError[];
}

export interface UserError {
  code: string;
  message: string;
}

export interface SyncPayload {
  replayed: boolean;
  results: RowResult[];
  userErrors: UserError[];
}

export interface SyncRun {
  id: string;
  status: 'RUNNING' | 'HELD' | 'FINISHED' | 'FAILED' | 'CANCELLED';
  heldBecause: string | null;
  counts: { hidden: number; zeroed: number };
}

export type SyncMode = 'DELTA' | 'SNAPSHOT';

interface BatchKey {
  source: string;
  runId?: string;
  idempotencyKey?: string;
  observedAt?: string;
}

const payloadFields =
  '{ replayed results { index outcome errors { code field message } } userErrors { code message } }';
const runFields = '{ id status heldBecause counts { hidden zeroed } }';

/** The graph's sync, typed. */
export class SyncGraph {
  constructor(private readonly client: GraphClient) {}

  syncProducts(input: BatchKey & { items: ProductItem[] }): Promise<SyncPayload> {
    return this.#batch('syncProducts', 'SyncProductsInput', input);
  }

  syncStocks(input: BatchKey & { warehouse: string; items: StockItem[] }): Promise<SyncPayload> {
    return this.#batch('syncStocks', 'SyncStocksInput', input);
  }

  syncCategories(input: BatchKey & { items: CategoryItem[] }): Promise<SyncPayload> {
    return this.#batch('syncCategories', 'SyncCategoriesInput', input);
  }

  syncWarehouses(input: { source: string; items: WarehouseItem[] }): Promise<SyncPayload> {
    return this.#batch('syncWarehouses', 'SyncWarehousesInput', input);
  }

  async start(source: string, mode: SyncMode, warehouse: string | undefined): Promise<SyncRun> {
    const query = `mutation Start($source: String!, $mode: SyncMode!, $warehouse: String) {
      startSync(source: $source, mode: $mode, warehouse: $warehouse) ${runFields}
    }`;
    return (await this.client.request<{ startSync: SyncRun }>(query, { source, mode, warehouse })).startSync;
  }

  async finish(runId: string): Promise<SyncRun> {
    const query = `mutation Finish($runId: ID!) { finishSync(runId: $runId) ${runFields} }`;
    return (await this.client.request<{ finishSync: SyncRun }>(query, { runId })).finishSync;
  }

  async cancel(runId: string): Promise<SyncRun> {
    const query = `mutation Cancel($runId: ID!) { cancelSync(runId: $runId) ${runFields} }`;
    return (await this.client.request<{ cancelSync: SyncRun }>(query, { runId })).cancelSync;
  }

  async find(runId: string): Promise<SyncRun | null> {
    const query = `query Run($id: ID!) { syncRun(id: $id) ${runFields} }`;
    return (await this.client.request<{ syncRun: SyncRun | null }>(query, { id: runId })).syncRun;
  }

  async #batch(field: string, inputType: string, input: object): Promise<SyncPayload> {
    const query = `mutation Batch($input: ${inputType}!) { ${field}(input: $input) ${payloadFields} }`;
    const payload = (await this.client.request<Record<string, SyncPayload>>(query, { input }))[field];
    if (!payload) throw new TypeError(`the answer has no ${field}`);
    return payload;
  }
}
