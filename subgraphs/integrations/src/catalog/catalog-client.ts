import type { SubgraphRequest } from '@gastronom/shared/subgraph';
import type { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { type BatchHead, callPeer, type PeerResult, type SnapshotInput, wire } from '../peer.ts';
import type { CategoryRow } from '../row/category-row.ts';
import type { ProductRow } from '../row/product-row.ts';
import type { RowError } from '../row/row-error.ts';

export interface ProductResult extends PeerResult {
  /** Nothing when the row was about goods that there are none of: rejected, or removed and unknown. */
  readonly productId?: string | null;
  readonly created?: boolean;
  readonly barcode?: string | null;
  /** The SKU under which the goods were known until this row gave them another. */
  readonly formerSku?: string | null;
}

export interface ProductMatch {
  readonly sku: string | null;
  readonly known: boolean;
  readonly error: RowError | null;
}

export interface ProductSnapshot {
  readonly total: number;
  readonly missing: number;
  readonly hidden: number;
}

const applyProducts = 'mutation ApplyProducts($batch: JSON!) { applyProducts(batch: $batch) }';
const applyCategories = 'mutation ApplyCategories($batch: JSON!) { applyCategories(batch: $batch) }';
const matchProducts = 'query MatchProducts($rows: JSON!) { matchProducts(rows: $rows) }';
const namesOf =
  'query GoodsNames($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product { sku name } } }';
const applySnapshot = 'mutation ApplyProductSnapshot($input: JSON!) { applyProductSnapshot(input: $input) }';

/** What sync asks of the catalogue. */
export class CatalogClient {
  readonly #client: SubgraphClient;
  readonly #request: SubgraphRequest;

  constructor(client: SubgraphClient, request: SubgraphRequest) {
    this.#client = client;
    this.#request = request;
  }

  applyProducts(head: BatchHead, rows: readonly ProductRow[]): Promise<ProductResult[]> {
    return this.#call('applyProducts', applyProducts, { batch: { ...wire(head), rows } });
  }

  applyCategories(head: BatchHead, rows: readonly CategoryRow[]): Promise<PeerResult[]> {
    return this.#call('applyCategories', applyCategories, { batch: { ...wire(head), rows } });
  }

  /** Which goods the rows are about, one answer for each in their order. */
  matchProducts(rows: readonly { sku: string | null; barcode: string | null }[]): Promise<ProductMatch[]> {
    return this.#call('matchProducts', matchProducts, { rows });
  }

  /** Names of the goods that there are, by SKU. */
  async namesOf(skus: readonly string[]): Promise<Map<string, string>> {
    const representations = skus.map((sku) => ({ __typename: 'Product', sku }));
    const found = await this.#call<({ sku: string; name: string } | null)[]>('_entities', namesOf, { representations });
    return new Map(found.flatMap((goods) => (goods ? [[goods.sku, goods.name]] : [])));
  }

  applySnapshot(input: SnapshotInput): Promise<ProductSnapshot> {
    return this.#call('applyProductSnapshot', applySnapshot, { input: wire(input) });
  }

  #call<Answer>(field: string, query: string, variables: Record<string, unknown>): Promise<Answer> {
    return callPeer<Answer>(this.#client, 'catalog', { field, query, variables }, this.#request);
  }
}
