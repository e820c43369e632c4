import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import { catalog } from '../subgraph.ts';

export interface GoodsRow {
  index?: number;
  sku?: string | null;
  barcode?: string | null;
  removed?: boolean;
  name?: string | null;
  [property: string]: unknown;
}

export interface AppliedRow {
  readonly index: number;
  readonly sku: string | null;
  readonly barcode: string | null;
  readonly productId: string;
  readonly created: boolean;
  readonly outcome: string;
  readonly formerSku?: string;
  readonly errors: { code: string; field: string | null }[];
}

/** A moment before now, as observations carry it. */
export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** The run to which batches belong when a test does not say. */
export const someRun = '018f0000-0000-7000-8000-000000000001';

/** A catalogue on a database of its own, with what tests do to it in one line. */
export class TestCatalog {
  readonly graph: TestSubgraph;

  constructor(graph: TestSubgraph) {
    this.graph = graph;
  }

  /** Sends a batch as integrations would, its gaps filled with what most tests do not care for. */
  applyRaw(batch: Record<string, unknown>) {
    const usual = { source: 'shop', runId: someRun, observedAt: new Date().toISOString(), actor: 'key:test' };
    const query = 'mutation ($batch: JSON!) { applyProducts(batch: $batch) }';
    return this.graph.execute(query, { batch: { ...usual, ...batch } }, viewers.internal);
  }

  /** Applies rows, observed now unless the test says otherwise; an error fails the test. */
  async apply(rows: GoodsRow[], batch: { source?: string; runId?: string; observedAt?: string } = {}) {
    const { data, errors } = await this.applyRaw({
      ...batch,
      rows: rows.map((row, index) => ({ index, sku: null, ...row })),
    });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.applyProducts as AppliedRow[];
  }

  async match(rows: { sku: string | null; barcode: string | null }[]) {
    const query = 'query ($rows: JSON!) { matchProducts(rows: $rows) }';
    return (await this.query(query, { rows }, viewers.internal)).matchProducts;
  }

  /** The shop’s own words for goods, set by staff. */
  async override(productId: string, overrides: Record<string, unknown>) {
    const query = `mutation ($input: SetProductOverridesInput!) {
      setProductOverrides(input: $input) { product { name description price { amount currencyCode } } userErrors { code field } }
    }`;
    const variables = { input: { productId, ...overrides } };
    return (await this.query(query, variables, viewers.staff)).setProductOverrides;
  }

  async outcomes(rows: GoodsRow[], batch: { source?: string; runId?: string; observedAt?: string } = {}) {
    return (await this.apply(rows, batch)).map(({ outcome }) => outcome);
  }

  /** The answer’s data; an error fails the test. */
  async query(
    query: string,
    variables: Record<string, unknown> = {},
    viewer: Parameters<TestSubgraph['execute']>[2] = viewers.anonymous,
  ) {
    const { data, errors } = await this.graph.execute(query, variables, viewer);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  async names(
    filter: Record<string, unknown>,
    sort?: string,
    viewer: Parameters<TestSubgraph['execute']>[2] = viewers.anonymous,
  ): Promise<string[]> {
    const query =
      'query ($filter: ProductFilter, $sort: ProductSort) { products(filter: $filter, sort: $sort, first: 100) { nodes { name } } }';
    const { products } = await this.query(query, { filter, sort }, viewer);
    return products.nodes.map(({ name }: { name: string }) => name);
  }

  /** Where each row stands and which transaction wrote it: a row that was not written keeps both. */
  versions(table = 'products'): Promise<{ id: string; xmin: string }[]> {
    return this.graph.ownerQuery(`SELECT id::text, xmin::text, ctid::text FROM catalog.${table} ORDER BY id`);
  }

  close(): Promise<void> {
    return this.graph.close();
  }
}

export const createTestCatalog = async (): Promise<TestCatalog> => new TestCatalog(await createTestSubgraph(catalog));
