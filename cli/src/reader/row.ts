/** A number as the file gave it: `1 234,50` is the server's to parse, so that every client is judged by one rule. */
export type LooseDecimal = number | string;

export interface NutritionItem {
  energyKcal?: LooseDecimal | null;
  carbohydrates?: LooseDecimal | null;
  fat?: LooseDecimal | null;
  proteins?: LooseDecimal | null;
  sugars?: LooseDecimal | null;
}

/** The graph's `ProductSyncItem`. A field left out stays as it is, null clears it. */
export interface ProductItem {
  sku?: string;
  barcode?: string | null;
  name: string;
  description?: string | null;
  brand?: string | null;
  price?: LooseDecimal | null;
  currency?: string;
  weightGrams?: LooseDecimal | null;
  unit?: string | null;
  nutrition?: NutritionItem | null;
  categoryPath?: string[] | null;
  imageUrls?: string[] | null;
  stockQuantity?: LooseDecimal;
  warehouse?: string;
  removed?: boolean;
}

/** The graph's `StockSyncItem`. */
export interface StockItem {
  sku?: string;
  barcode?: string;
  quantity: LooseDecimal;
}

export interface WarehouseQuantity {
  warehouse: string;
  quantity: LooseDecimal;
}

/** Where a row stands, for the rejects file and for messages. */
export interface Place {
  file: string;
  line: number;
}

export type InputRow =
  | { kind: 'product'; place: Place; item: ProductItem; furtherStock: WarehouseQuantity[] }
  | { kind: 'stock'; place: Place; item: StockItem; warehouse: string | undefined }
  | { kind: 'unreadable'; place: Place; reason: string; field: string | null; row: unknown };

export interface WarehouseItem {
  externalId: string;
  name: string;
  address?: string;
}

export interface CategoryItem {
  path: string[];
  externalId: string;
  sortOrder: number;
}

/** An opened input: what it declares stands here at once, its rows are read as they are asked for. */
export interface Input {
  format: 'jsonl' | 'csv' | 'commerceml';
  warehouses: readonly WarehouseItem[];
  categories: readonly CategoryItem[];
  /** What the export says of itself: only changes, everything, or nothing said. */
  holdsOnlyChanges: boolean | undefined;
  totalBytes: number;
  bytesRead(): number;
  rows(): AsyncIterable<InputRow>;
}
