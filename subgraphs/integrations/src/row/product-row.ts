import { readCategoryPath } from './category-path.ts';
import type { Duplicates } from './duplicates.ts';
import { FieldReader, type LengthRule, type NumberRule } from './field-reader.ts';
import { readImageUrls } from './image-urls.ts';
import { readPrice } from './price.ts';
import type { RowError } from './row-error.ts';
import { findWarehouse, type StockQuantity, stockRule, type Warehouses } from './stock-row.ts';

export interface NutritionFields {
  readonly energyKcal?: unknown;
  readonly carbohydrates?: unknown;
  readonly fat?: unknown;
  readonly proteins?: unknown;
  readonly sugars?: unknown;
}

/** A row of goods as a client sends it. */
export interface ProductFields {
  readonly sku?: string | null;
  readonly barcode?: string | null;
  readonly name: string;
  readonly description?: string | null;
  readonly brand?: string | null;
  readonly price?: unknown;
  readonly currency?: string | null;
  readonly weightGrams?: unknown;
  readonly unit?: string | null;
  readonly nutrition?: NutritionFields | null;
  readonly categoryPath?: readonly string[] | null;
  readonly imageUrls?: readonly string[] | null;
  readonly stockQuantity?: unknown;
  readonly warehouse?: string | null;
  readonly removed?: boolean | null;
}

/** A row of goods as the catalogue takes it. A property that is absent stays as stored, null clears it. */
export interface ProductRow {
  readonly index: number;
  readonly sku: string | null;
  barcode?: string | null;
  removed?: true;
  name?: string;
  description?: string | null;
  brand?: string | null;
  price?: string | null;
  currency?: string;
  weightGrams?: string | null;
  unit?: string | null;
  energyKcal?: string | null;
  carbohydrates?: string | null;
  fat?: string | null;
  proteins?: string | null;
  sugars?: string | null;
  categoryPath?: string[] | null;
  imageUrls?: string[] | null;
}

export interface ReadProduct {
  readonly row: ProductRow;
  readonly stock: StockQuantity | undefined;
  readonly errors: readonly RowError[];
}

export interface ProductRules {
  readonly warehouses: Warehouses;
  readonly duplicates: Duplicates;
  readonly shopCurrency: string;
}

const name: LengthRule = { kind: 'line', longest: 500 };
const description: LengthRule = { kind: 'prose', longest: 20_000 };
const brand: LengthRule = { kind: 'line', longest: 200 };
const unit: LengthRule = { kind: 'line', longest: 32 };
const weight: NumberRule = { scale: 3, whole: 9 };
/** Wide: real labels carry nonsense, 1C is the master of them, and a wrong figure is no reason to lose the goods. */
const perHundredGrams: NumberRule = { scale: 3, whole: 9 };
const nutrients = ['energyKcal', 'carbohydrates', 'fat', 'proteins', 'sugars'] as const;

function put<Key extends keyof ProductRow>(row: ProductRow, key: Key, value: ProductRow[Key]): void {
  if (value !== undefined) row[key] = value;
}

/** Absent leaves all five as they are, null clears them. */
function readNutrition(reader: FieldReader, row: ProductRow, nutrition: NutritionFields | null | undefined): void {
  if (nutrition === undefined) return;
  for (const nutrient of nutrients) {
    const raw = nutrition === null ? null : nutrition[nutrient];
    put(row, nutrient, reader.decimal(`nutrition.${nutrient}`, raw, perHundredGrams));
  }
}

function readFields(reader: FieldReader, row: ProductRow, item: ProductFields, shopCurrency: string): void {
  put(row, 'description', reader.text('description', item.description, description));
  put(row, 'brand', reader.text('brand', item.brand, brand));
  const { price, currency } = readPrice(reader, item, shopCurrency);
  put(row, 'price', price);
  put(row, 'currency', currency);
  put(row, 'weightGrams', reader.decimal('weightGrams', item.weightGrams, weight));
  put(row, 'unit', reader.text('unit', item.unit, unit));
  readNutrition(reader, row, item.nutrition);
  put(row, 'categoryPath', readCategoryPath(reader, 'categoryPath', item.categoryPath));
  put(row, 'imageUrls', readImageUrls(reader, item.imageUrls));
}

function readStock(reader: FieldReader, item: ProductFields, warehouses: Warehouses): StockQuantity | undefined {
  const quantity = reader.decimal('stockQuantity', item.stockQuantity, stockRule);
  if (typeof quantity !== 'string') return undefined;
  const warehouseId = findWarehouse(reader, warehouses, item.warehouse);
  return warehouseId === undefined ? undefined : { quantity, warehouseId };
}

/** Reads one row of goods. All that is wrong with it is told at once. */
export function readProduct(item: ProductFields, index: number, rules: ProductRules): ReadProduct {
  const reader = new FieldReader();
  const sku = reader.sku(item.sku);
  const row: ProductRow = { index, sku };
  put(row, 'barcode', reader.barcode(item.barcode));
  rules.duplicates.checkGoods(reader, index, sku, row.barcode);
  const itsName = reader.text('name', item.name, name);
  if (itsName) row.name = itsName;
  else if (!item.removed && !reader.failed('name'))
    reader.fail('MISSING_NAME', 'name', 'Goods have a name; only a removed row needs none.');
  if (item.removed) row.removed = true;
  readFields(reader, row, item, rules.shopCurrency);
  return { row, stock: readStock(reader, item, rules.warehouses), errors: reader.errors };
}
