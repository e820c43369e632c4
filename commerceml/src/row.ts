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

/** A price of goods whose name no file tells. */
export interface PriceItem {
  sku: string;
  price: LooseDecimal;
  currency?: string;
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

/** The offer that a row was joined with. */
export interface OfferMark {
  /** `guid`, or `guid#guid` for a characteristic. */
  id: string;
  /** The files that speak of it; none when it is known from an earlier export. */
  files: readonly string[];
  name?: string;
  barcode?: string;
  article?: string;
  characteristic?: string;
}

export type InputRow =
  | {
      kind: 'product';
      place: Place;
      item: ProductItem;
      furtherStock: WarehouseQuantity[];
      /** `Ид` of the good in the export; absent where no file holds the good of the offer. */
      goodId?: string;
      offer?: OfferMark;
    }
  | { kind: 'price'; place: Place; item: PriceItem; offer: OfferMark }
  | { kind: 'stock'; place: Place; item: StockItem; warehouse: string | undefined; offer?: OfferMark }
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

/** What a file of an export holds, each with whether it is only changes where the file says so. */
export interface FileParts {
  /** Groups and properties alone are held by a file that holds neither goods nor offers. */
  hasClassifier: boolean;
  hasGoods: boolean;
  hasOffers: boolean;
  goodsAreChanges: boolean | undefined;
  offersAreChanges: boolean | undefined;
}

/** An opened export: what it declares stands here at once, its rows are read as they are asked for. */
export interface ExportInput {
  warehouses: readonly WarehouseItem[];
  categories: readonly CategoryItem[];
  /** What the export says of itself: only changes, everything, or nothing said. */
  holdsOnlyChanges: boolean | undefined;
  /** By their names. */
  files: ReadonlyMap<string, FileParts>;
  totalBytes: number;
  bytesRead(): number;
  rows(): AsyncIterable<InputRow>;
}
