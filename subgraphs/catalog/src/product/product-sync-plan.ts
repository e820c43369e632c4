import type { KnownKeys, Match, ProductIdentity, RowKeys } from './product-identity.ts';
import type { ProductRow } from './product-sync.inputs.ts';
import { givenBits, type ProductWrite } from './product-sync.repository.ts';
import { urlSeparator } from './product-sync.sql.ts';

export interface RowError {
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
}

/** What is to become of a row. */
export interface PlannedRow {
  readonly row: ProductRow;
  /** What the goods are called once the row is applied; null when it cannot be told. */
  readonly sku: string | null;
  /** The stored goods that the row means. */
  readonly productId: string | null;
  readonly formerSku?: string;
  readonly action: 'WRITE' | 'NOTHING' | 'STALE' | 'REJECT';
  readonly errors: readonly RowError[];
}

/** Which goods batches observed later have spoken of; a batch too old to be compared is stale in every row. */
export type LaterSkus = { has(sku: string): boolean };

export const everySku: LaterSkus = { has: () => true };

const rejected = (row: ProductRow, error: RowError, sku = row.sku): PlannedRow => ({
  row,
  sku,
  productId: null,
  action: 'REJECT',
  errors: [error],
});

/** Why it cannot be told which goods are meant. */
export const identityError = (match: Extract<Match, { kind: 'ambiguous' | 'nameless' }>): RowError =>
  match.kind === 'nameless'
    ? { code: 'MISSING_IDENTITY', field: 'sku', message: 'The row has neither a sku nor a barcode.' }
    : {
        code: 'AMBIGUOUS_BARCODE',
        field: 'barcode',
        message: `The barcode stands on ${match.skus.length} goods: send the sku.`,
      };

/** All goods that keys may mean: what a rejected row spoke of. */
export function meantSkus(keys: RowKeys, identity: ProductIdentity): readonly string[] {
  const match = identity.match(keys);
  if (match.kind === 'ambiguous') return match.skus;
  if (match.kind === 'nameless') return [];
  return match.kind === 'known' ? [match.product.sku] : [match.sku];
}

const duplicate: RowError = {
  code: 'DUPLICATE_IN_BATCH',
  field: 'sku',
  message: 'An earlier row of this batch means the same goods.',
};
const missingName: RowError = { code: 'MISSING_NAME', field: 'name', message: 'Goods need a name.' };

const numbers = ['price', 'weightGrams', 'energyKcal', 'carbohydrates', 'fat', 'proteins', 'sugars'] as const;

/** What numeric(14, 2), for prices, and numeric(14, 3) can take; one number too many would fail the whole batch. */
const fitsNumber = (property: (typeof numbers)[number], text: string | null | undefined): boolean =>
  text === null ||
  text === undefined ||
  /^-?\d{1,11}(\.\d+)?$/.test(text) ||
  (property === 'price' && /^-?\d{12}(\.\d{1,2})?$/.test(text));

const outOfRange = (field: string): RowError => ({
  code: 'OUT_OF_RANGE',
  field,
  message: 'A decimal number of at most eleven digits before its point is taken here, of twelve for a price.',
});

/** Decides row by row, in their order, what a batch does to the goods. */
export function planRows(rows: readonly ProductRow[], identity: ProductIdentity, later: LaterSkus): PlannedRow[] {
  const met = new Set<KnownKeys>();
  return rows.map((row) => planRow(row, identity, later, met));
}

function planRow(row: ProductRow, identity: ProductIdentity, later: LaterSkus, met: Set<KnownKeys>): PlannedRow {
  const match = identity.match(row);
  if (match.kind === 'nameless') return rejected(row, identityError(match));
  if (match.kind === 'ambiguous') return rejected(row, identityError(match));
  const product: KnownKeys =
    match.kind === 'known' ? match.product : { id: null, sku: match.sku, barcode: row.barcode ?? null };
  const planned = { row, sku: match.sku, productId: product.id, errors: [] };
  if (later.has(product.sku) || later.has(match.sku)) return { ...planned, sku: product.sku, action: 'STALE' };
  if (met.has(product)) return rejected(row, duplicate, match.sku);
  if (match.kind === 'new' && row.removed) return { ...planned, action: 'NOTHING' };
  if (!row.removed && (row.name === null || row.name === '' || (match.kind === 'new' && row.name === undefined)))
    return rejected(row, missingName, match.sku);
  const notNumber = row.removed ? undefined : numbers.find((property) => !fitsNumber(property, row[property]));
  if (notNumber) return rejected(row, outOfRange(notNumber), match.sku);
  met.add(product);
  const formerSku = product.sku === match.sku ? {} : { formerSku: product.sku };
  identity.note(product, match.sku, row.removed ? undefined : row.barcode);
  return { ...planned, ...formerSku, action: 'WRITE' };
}

const columnOf: Readonly<Partial<Record<keyof ProductRow, string>>> = {
  barcode: 'barcode',
  name: 'name',
  description: 'description',
  brand: 'brand',
  price: 'price',
  currency: 'currency',
  weightGrams: 'weight_grams',
  unit: 'unit',
  energyKcal: 'energy_kcal',
  carbohydrates: 'carbohydrates',
  fat: 'fat',
  proteins: 'proteins',
  sugars: 'sugars',
};
const columns = Object.entries(columnOf) as [keyof ProductRow, string][];

/** The row for the database. Properties that are absent are not given; goods that are removed only get hidden. */
export function toWrite(
  { row, sku, productId }: PlannedRow,
  categoryIdOf: (path: readonly string[]) => string | null,
): ProductWrite {
  const write: Record<string, unknown> = {};
  let given = 0;
  const give = (column: string, value: unknown) => {
    given |= givenBits.get(column) ?? 0;
    write[column] = value;
  };
  if (!row.removed) {
    for (const [property, column] of columns) {
      if (row[property] !== undefined) give(column, row[property] === '' ? null : row[property]);
    }
    if (row.categoryPath !== undefined) give('category_id', categoryIdOf(row.categoryPath ?? []));
  }
  if (!row.removed && row.imageUrls !== undefined) give('image_urls', (row.imageUrls ?? []).join(urlSeparator));
  write.image_urls ??= '';
  return { ...write, id: productId, sku: sku ?? '', removed: row.removed ?? false, given };
}
