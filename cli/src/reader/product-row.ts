import type { Notices } from '@gastronom/commerceml/notices';
import { type PictureAddress, pictureAddresses } from '@gastronom/commerceml/pictures';
import type { LooseDecimal, NutritionItem, Place, ProductItem } from '@gastronom/commerceml/row';
import { gramsOf } from '@gastronom/commerceml/weight';
import type { Field } from './field-names.ts';
import type { SyncRow } from './input.ts';

/** A record whose fields have their names, values still as the file gave them. */
export type FieldValues = ReadonlyMap<Field, unknown>;

/** What reading a row takes beside the row. */
export interface RowReading {
  notices: Notices;
  /** Where pictures are that a row names by their files. */
  pictureAddress?: PictureAddress;
}

/** A value of a kind that its field cannot have, such as a list where a price should be. */
class FieldError extends Error {
  readonly code = 'UNREADABLE';

  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

function text(field: string, value: unknown): string | null | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  throw new FieldError(field, `${field} must be text`);
}

/** Where null has no meaning of its own: a stock count or an identity cannot be cleared. */
const presentText = (field: string, value: unknown) => text(field, value) || undefined;

function decimal(field: string, value: unknown): LooseDecimal | null | undefined {
  if (value === undefined || value === null) return value;
  // JSON has no Infinity, but 1e999 becomes one, and would be sent as null: as text the server sees and names it.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  throw new FieldError(field, `${field} must be a number or a string that holds one`);
}

const pathSeparator = /\s*(?:>|→|\||\\|\s\/\s)\s*/;

function categoryPath(value: unknown): string[] | null | undefined {
  if (value === undefined || value === null) return value;
  const parts = Array.isArray(value) ? value : String(text('categoryPath', value)).split(pathSeparator);
  const names = parts.map((part) => text('categoryPath', part)).filter((part): part is string => Boolean(part));
  return names.length > 0 ? names : null;
}

/** Web addresses may hold commas, files may hold spaces. */
const splitPictures = (list: string): string[] =>
  /https?:/i.test(list) ? list.split(/[\s,;|]+(?=https?:)/i) : list.split(/\s*[,;|]\s*/);

function imageUrls(value: unknown, { notices, pictureAddress }: RowReading): string[] | null | undefined {
  if (value === undefined || value === null) return value;
  const parts = Array.isArray(value) ? value : splitPictures(String(text('imageUrls', value)));
  return pictureAddresses(
    parts.map((part) => text('imageUrls', part) ?? ''),
    notices,
    pictureAddress,
  );
}

const yes = new Set(['true', '1', 'да', 'yes', 'y', '+', 'истина', 'удален', 'удалено']);

function removed(value: unknown): boolean | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return yes.has(String(value).trim().toLowerCase().replaceAll('ё', 'е'));
}

const nutrientFields = ['energyKcal', 'carbohydrates', 'fat', 'proteins', 'sugars'] as const;

function nutrition(fields: FieldValues): NutritionItem | null | undefined {
  const given = nutrientFields.filter((field) => fields.get(field) !== undefined);
  if (given.length === 0) return fields.get('nutrition') === null ? null : undefined;
  return Object.fromEntries(given.map((field) => [field, decimal(field, fields.get(field))]));
}

function weightGrams(fields: FieldValues): LooseDecimal | null | undefined {
  const grams = decimal('weightGrams', fields.get('weightGrams'));
  const inKilograms = decimal('weight', fields.get('weightKilograms'));
  return (
    grams ??
    (typeof inKilograms === 'number' || typeof inKilograms === 'string' ? gramsOf(inKilograms) : (grams ?? inKilograms))
  );
}

// What a spreadsheet makes of 4607053221558 when it is saved in a narrow column: the digits are gone, other goods look the same.
const roundedBarcode = /^\d([.,]\d+)?e\+?\d+$/i;

function barcode(fields: FieldValues, notices: Notices): string | null | undefined {
  const value = text('barcode', fields.get('barcode'));
  if (value && roundedBarcode.test(value)) {
    notices.add(`barcodes such as 4,6E+12 were rounded by a spreadsheet: format the column as text and export again`);
  }
  return value;
}

function productItem(fields: FieldValues, reading: RowReading): ProductItem {
  return {
    sku: presentText('sku', fields.get('sku')),
    barcode: barcode(fields, reading.notices),
    // The server says MISSING_NAME of an empty one; a null would fail the whole batch.
    name: text('name', fields.get('name')) ?? '',
    description: text('description', fields.get('description')),
    brand: text('brand', fields.get('brand')),
    price: decimal('price', fields.get('price')),
    currency: presentText('currency', fields.get('currency')),
    weightGrams: weightGrams(fields),
    unit: text('unit', fields.get('unit')),
    nutrition: nutrition(fields),
    categoryPath: categoryPath(fields.get('categoryPath')),
    imageUrls: imageUrls(fields.get('imageUrls'), reading),
    stockQuantity: decimal('stockQuantity', fields.get('stockQuantity')) ?? undefined,
    warehouse: presentText('warehouse', fields.get('warehouse')),
    removed: removed(fields.get('removed')),
  };
}

const stockFields = new Set<Field>(['sku', 'barcode', 'stockQuantity', 'warehouse']);

/** A record of nothing but identity and quantity is a stock count: it needs no name and changes no product. */
function isStockCount(fields: FieldValues): boolean {
  return fields.has('stockQuantity') && [...fields.keys()].every((field) => stockFields.has(field));
}

function stockRow(fields: FieldValues, place: Place, notices: Notices): SyncRow {
  const sku = presentText('sku', fields.get('sku'));
  const quantity = decimal('stockQuantity', fields.get('stockQuantity'));
  if (quantity === null || quantity === undefined) throw new FieldError('stockQuantity', 'the quantity is missing');
  const item = { sku, barcode: barcode(fields, notices) || undefined, quantity };
  return { kind: 'stock', place, item, warehouse: presentText('warehouse', fields.get('warehouse')) };
}

/** Turns named values into a row for the sync mutations; `raw` is kept for the rejects file when that fails. */
export function toRow(fields: FieldValues, place: Place, raw: unknown, reading: RowReading): SyncRow {
  try {
    if (isStockCount(fields)) return stockRow(fields, place, reading.notices);
    return { kind: 'product', place, item: productItem(fields, reading), furtherStock: [] };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return { kind: 'unreadable', place, reason: error.message, field: error.field, row: raw };
  }
}
