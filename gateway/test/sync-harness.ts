import type { Answer, TestGraph } from './harness.ts';

const hourAgo = Date.now() - 60 * 60_000;
/** A moment of the last hour: what was seen a month ago is stale whatever it is. */
export const at = (minute: number): string => new Date(hourAgo + minute * 60_000).toISOString();

const payload = `{
  replayed run { id status failedBatches counts { received created updated unchanged stale parked rejected hidden zeroed } }
  results { index sku outcome errors { code field message } } userErrors { code message }
}`;
const run = `{
  id source mode status warehouse heldBecause finishedAt failedBatches
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
  product: `query ($sku: String, $barcode: String) { answer: product(sku: $sku, barcode: $barcode) {
    sku barcode name price { amount currencyCode } isAvailable category { name }
    stock { quantity parked warehouse { externalId } } } }`,
} as const;

export type Operation = keyof typeof operations;
export type Who = keyof TestGraph['tokens'];

/** Who asks what, when a test does not say otherwise. */
const usual: Partial<Record<Operation, Who>> = { approveSync: 'admin', product: 'staff' };

/** A scraper, and the people who look after it, at the door of the whole graph. */
export class Syncing {
  readonly #graph: TestGraph;

  constructor(graph: TestGraph) {
    this.#graph = graph;
  }

  ask(operation: Operation, variables: object, who: Who = usual[operation] ?? 'service'): Promise<Answer> {
    return this.#graph.query(operations[operation], { ...variables }, this.#graph.tokens[who]);
  }

  /** The answer of an operation that succeeds. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async do(operation: Operation, variables: object, who?: Who): Promise<any> {
    const { data, errors } = await this.ask(operation, variables, who);
    if (errors) throw new Error(`${operation}: ${errors.map(({ message }) => message).join('; ')}`);
    return data.answer;
  }

  /** Sends goods, and says in short what became of each: `CREATED`, `REJECTED TOO_LONG`. */
  async goods(items: object[], change: object = {}): Promise<string[]> {
    return inShort(await this.do('syncProducts', { input: { source: '1c', items, ...change } }));
  }

  /** Sends counts for the default warehouse, and says in short what became of each. */
  async counts(items: object[], change: object = {}): Promise<string[]> {
    return inShort(await this.do('syncStocks', { input: { source: '1c', warehouse: '001', items, ...change } }));
  }

  /** Every row of some tables with the transaction that wrote it last. */
  async written(...tables: string[]): Promise<unknown[][]> {
    const rows = [];
    for (const table of tables) {
      rows.push(
        await this.#graph.database.query(
          `SELECT t.ctid::text, t.xmin::text, t.* FROM ${table} AS t ORDER BY t.id::text`,
        ),
      );
    }
    return rows;
  }
}

const inShort = (answer: { results: { outcome: string; errors: { code: string }[] }[] }): string[] =>
  answer.results.map(({ outcome, errors }) => [outcome, ...errors.map(({ code }) => code)].join(' '));
