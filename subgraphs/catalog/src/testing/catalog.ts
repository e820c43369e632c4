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

/** The run to which batches belong when a test does not say. */
export const someRun = '018f0000-0000-7000-8000-000000000001';

/** A catalogue on a database of its own, with what tests do to it in one line. */
export class TestCatalog {
  readonly graph: TestSubgraph;

  constructor(graph: TestSubgraph) {
    this.graph = graph;
  }

  /** Applies rows as integrations would; observed now unless the test says otherwise. */
  async apply(rows: GoodsRow[], batch: { source?: string; runId?: string; observedAt?: string } = {}) {
    const { data, errors } = await this.graph.execute(
      'mutation ($batch: JSON!) { applyProducts(batch: $batch) }',
      {
        batch: {
          source: 'shop',
          runId: someRun,
          observedAt: new Date().toISOString(),
          actor: 'key:test',
          ...batch,
          rows: rows.map((row, index) => ({ index, sku: null, ...row })),
        },
      },
      viewers.internal,
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data.applyProducts as AppliedRow[];
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
