import type { Place, ProductItem, StockItem } from '@gastronom/commerceml/row';
import type { SyncRow } from '../reader/input.ts';

export interface Planned<Item> {
  place: Place;
  item: Item;
}

/** One call of a sync mutation. The same file and options give the same calls under the same numbers: a cut run relies on it. */
export type PlannedCall =
  | { number: number; kind: 'goods'; rows: Planned<ProductItem>[] }
  | { number: number; kind: 'stocks'; warehouse: string; rows: Planned<StockItem>[] };

export type UnreadableRow = Extract<SyncRow, { kind: 'unreadable' }>;

export interface PlanOptions {
  batchSize: number;
  /** Takes the quantities that name no warehouse. */
  warehouse: string | undefined;
}

/** Where the server books a quantity that names no warehouse. */
const defaultWarehouse = '001';

// Well under what a server takes as one body, whatever the descriptions' length.
const mostCharacters = 3_000_000;

/** An estimate, as it is made for every row. */
const sizeOf = (item: ProductItem) =>
  400 + item.name.length + (item.description?.length ?? 0) + (item.imageUrls?.join().length ?? 0);

/** Gathers rows into calls, quantities in further warehouses after the goods that they count. */
export class CallPlanner {
  #number = 0;
  #goods: Planned<ProductItem>[] = [];
  #size = 0;
  readonly #stocks = new Map<string, Planned<StockItem>[]>();

  constructor(private readonly options: PlanOptions) {}

  *add(row: Exclude<SyncRow, UnreadableRow>): Generator<PlannedCall> {
    const { place } = row;
    if (row.kind === 'stock') {
      yield* this.#addStock(row.warehouse ?? this.options.warehouse ?? defaultWarehouse, { place, item: row.item });
      return;
    }
    const { item } = row;
    const counted =
      item.stockQuantity !== undefined && item.warehouse === undefined && this.options.warehouse !== undefined;
    this.#goods.push({ place, item: counted ? { ...item, warehouse: this.options.warehouse } : item });
    this.#size += sizeOf(item);
    if (this.#goods.length >= this.options.batchSize || this.#size > mostCharacters) yield this.#flushGoods();
    for (const { warehouse, quantity } of row.furtherStock) {
      const { sku, barcode } = item;
      const stock = sku ? { sku, quantity } : { barcode: barcode ?? undefined, quantity };
      yield* this.#addStock(warehouse, { place, item: stock });
    }
  }

  *end(): Generator<PlannedCall> {
    if (this.#goods.length > 0) yield this.#flushGoods();
    for (const [warehouse, rows] of this.#stocks) {
      if (rows.length > 0) yield { number: ++this.#number, kind: 'stocks', warehouse, rows };
    }
    this.#stocks.clear();
  }

  *#addStock(warehouse: string, row: Planned<StockItem>): Generator<PlannedCall> {
    const rows = this.#stocks.get(warehouse) ?? [];
    rows.push(row);
    this.#stocks.set(warehouse, rows);
    if (rows.length < this.options.batchSize) return;
    // The goods counted here may still wait for their batch to fill.
    if (this.#goods.length > 0) yield this.#flushGoods();
    this.#stocks.set(warehouse, []);
    yield { number: ++this.#number, kind: 'stocks', warehouse, rows };
  }

  #flushGoods(): PlannedCall {
    const rows = this.#goods;
    this.#goods = [];
    this.#size = 0;
    return { number: ++this.#number, kind: 'goods', rows };
  }
}
