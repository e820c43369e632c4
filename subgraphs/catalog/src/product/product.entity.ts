/** Why 1C’s goods are not shown. */
export type HiddenReason = 'REMOVED' | 'NOT_IN_SNAPSHOT';

/**
 * Goods as they are read: 1C’s values under the shop’s overrides, with the category’s path joined. TypeORM does not fill
 * it (a list of rows through its hydration costs more than the query); the repository’s SQL names the columns like this.
 * Decimals are strings, as PostgreSQL gives them: exact.
 */
export interface ProductEntity {
  id: string;
  sku: string;
  barcode: string | null;

  /** The shop’s override, else 1C’s name. */
  name: string;
  description: string | null;
  brand: string | null;

  /** The shop’s override, else 1C’s price. */
  priceAmount: string | null;
  priceCurrency: string | null;
  weightGrams: string | null;
  unit: string | null;
  energyKcal: string | null;
  carbohydrates: string | null;
  fat: string | null;
  proteins: string | null;
  sugars: string | null;
  categoryId: string | null;

  /** Ids of the category and its ancestors, nearest first. */
  categoryPath: string[];
  imageUrls: string[];

  /** The images that the shop wants first, in this order. */
  imageOrder: string[];
  tags: string[];
  isAvailable: boolean;
  unavailableReason: string | null;
  hiddenReason: HiddenReason | null;
  nameOverride: string | null;
  descriptionOverride: string | null;
  priceOverride: string | null;
  currencyOverride: string | null;
  createdAt: Date;
  updatedAt: Date;
  lastSyncedAt: Date;
}

/** Goods in a list: the columns of the fields that were asked for, and what it is sorted by. */
export interface ListedProduct extends ProductEntity {
  readonly sortName?: string;
  readonly rank?: number;
}
