import {
  createTestSubgraph,
  type TestAnswer,
  type TestSubgraph,
  viewers,
} from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { integrations } from '../subgraph.ts';
import { FakeCatalog, FakeInventory } from './fake-peers.ts';

const payload = `{
  replayed
  run { id source mode status failedBatches failure counts { received created updated unchanged stale parked rejected } }
  results { index sku outcome errors { code field message } }
  userErrors { code field message }
}`;
const run = `{
  id source mode status warehouse heldBecause startedAt finishedAt failedBatches
  counts { received created updated unchanged stale parked rejected hidden zeroed }
}`;

const operations = {
  syncProducts: `mutation ($input: SyncProductsInput!) { answer: syncProducts(input: $input) ${payload} }`,
  syncStocks: `mutation ($input: SyncStocksInput!) { answer: syncStocks(input: $input) ${payload} }`,
  syncCategories: `mutation ($input: SyncCategoriesInput!) { answer: syncCategories(input: $input) ${payload} }`,
  syncWarehouses: `mutation ($input: SyncWarehousesInput!) { answer: syncWarehouses(input: $input) ${payload} }`,
  startSync: `mutation ($source: String!, $mode: SyncMode!, $warehouse: String) {
    answer: startSync(source: $source, mode: $mode, warehouse: $warehouse) ${run} }`,
  finishSync: `mutation ($runId: ID!) { answer: finishSync(runId: $runId) ${run} }`,
  approveSync: `mutation ($runId: ID!) { answer: approveSync(runId: $runId) ${run} }`,
  cancelSync: `mutation ($runId: ID!) { answer: cancelSync(runId: $runId) ${run} }`,
  syncRun: `query ($id: ID!) { answer: syncRun(id: $id) ${run} }`,
  syncRuns: `query ($first: Int, $after: String, $status: SyncRunStatus, $source: String) {
    answer: syncRuns(first: $first, after: $after, status: $status, source: $source) {
      totalCount nodes ${run} pageInfo { hasNextPage endCursor } } }`,
  rejectedRows: `query ($id: ID!, $first: Int, $after: String) { answer: syncRun(id: $id) {
    rejectedRows(first: $first, after: $after) { totalCount nodes { id batchId index row errors { code field } } pageInfo { endCursor } } } }`,
} as const;

export type SyncOperation = keyof typeof operations;

/** The integrations subgraph between a catalogue and an inventory that do as they are told. */
export interface SyncGraph {
  readonly catalog: FakeCatalog;
  readonly inventory: FakeInventory;
  readonly subgraph: TestSubgraph;
  /** The whole answer of one operation, errors included. */
  ask(operation: SyncOperation, variables: object, viewer?: Viewer): Promise<TestAnswer>;
  /** The answer of one that succeeds. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  do(operation: SyncOperation, variables: object, viewer?: Viewer): Promise<any>;
  /** Everything that was recorded, to see that nothing moved. */
  records(): Promise<unknown>;
}

export async function createSyncGraph(): Promise<SyncGraph> {
  const catalog = new FakeCatalog();
  const inventory = new FakeInventory();
  const subgraph = await createTestSubgraph(integrations, {
    subgraphs: { catalog: catalog.transport, inventory: inventory.transport },
  });
  const ask = (operation: SyncOperation, variables: object, viewer: Viewer = viewers.service) =>
    subgraph.execute(operations[operation], { ...variables }, viewer);
  return {
    catalog,
    inventory,
    subgraph,
    ask,
    async do(operation, variables, viewer) {
      const { data, errors } = await ask(operation, variables, viewer);
      if (errors) throw new Error(`${operation}: ${errors.map(({ message }) => message).join('; ')}`);
      return data.answer;
    },
    records: () =>
      subgraph.ownerQuery(
        `SELECT 'run' AS what, id::text, xmin::text FROM integrations.sync_runs
         UNION ALL SELECT 'batch', id::text, xmin::text FROM integrations.sync_batches
         UNION ALL SELECT 'row', id::text, xmin::text FROM integrations.sync_rejected_rows
         UNION ALL SELECT 'pending', id::text, xmin::text FROM integrations.pending_appearances ORDER BY 1, 2`,
      ),
  };
}
