import { isStorable } from '@gastronom/shared/storable-text';
import { Decimal } from 'decimal.js';
import type { OfferEntity } from '../offer/offer.entity.ts';
import { readGtin } from './gtin.ts';
import { type OfferRowCode, type OfferRowError, rowError } from './offer-row.errors.ts';
import type { ListPriceInput, OfferRowInput } from './offer-row.inputs.ts';

/** A list price, as it is stored. */
export interface ListPrice {
  readonly fromQuantity: string;
  readonly amount: string;
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
}

export type OfferValues = Omit<
  OfferEntity,
  'id' | 'supplierId' | 'createdAt' | 'updatedAt' | 'removedAt' | 'observedAt'
>;

/** A row in order: what it says of the offer, and what it leaves as it is. */
export interface OfferRow {
  readonly supplierSku: string;
  readonly values: Partial<OfferValues>;
  readonly prices: readonly ListPrice[] | null;
  /** Of the prices, where it says so. */
  readonly currency: string | null;
  readonly removed: boolean;
}

type Check = (value: string) => readonly [OfferRowCode, string] | undefined;

const mostPrices = 50;
const mostQuantity = '99999999999.999';

const text =
  (least: number, most: number): Check =>
  (value) =>
    value.trim().length >= least && value.length <= most && isStorable(value)
      ? undefined
      : ['TOO_LONG', `It takes ${least} to ${most} printable characters.`];

const decimal =
  (least: string, most: string, places: number): Check =>
  (value) => {
    const number = new Decimal(value);
    return number.gte(least) && number.lte(most) && number.decimalPlaces() <= places
      ? undefined
      : ['OUT_OF_RANGE', `It takes ${least} to ${most}, with at most ${places} decimals.`];
  };

const isPicture: Check = (url) =>
  url.length <= 2_000 && isStorable(url) && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
    ? undefined
    : ['BAD_URL', 'An address begins with http:// or https://.'];

const amountCheck = decimal('0', '9999999999.9999', 4);
const breakCheck = decimal('0', mostQuantity, 3);

const checks: { readonly [Field in keyof OfferRowInput]?: Check } = {
  productSku: text(1, 200),
  gtin: (gtin) =>
    readGtin(gtin) ? undefined : ['BAD_GTIN', 'A GTIN has 8, 12, 13 or 14 digits, the last a check digit.'],
  name: text(1, 300),
  description: text(0, 5_000),
  unit: text(1, 40),
  packSize: decimal('0.001', mostQuantity, 3),
  multiple: decimal('0.001', mostQuantity, 3),
  minimumQuantity: decimal('0.001', mostQuantity, 3),
  taxRate: decimal('0', '100', 2),
  leadTimeDays: (days) =>
    Number(days) >= 0 && Number(days) <= 365 ? undefined : ['OUT_OF_RANGE', 'It takes 0 to 365 days.'],
  stock: decimal('0', mostQuantity, 3),
  imageUrl: isPicture,
  price: amountCheck,
};

/** Fields that may be emptied; a null for any other says nothing. */
const clearable = new Set<string>(['productSku', 'gtin', 'description', 'stock', 'availabilityUntil', 'imageUrl']);

const valueFields = [
  ...(['productSku', 'gtin', 'name', 'description', 'unit', 'baseUnit', 'packSize', 'multiple'] as const),
  ...(['minimumQuantity', 'taxRate', 'taxIncluded', 'catchWeight', 'leadTimeDays', 'isAvailable', 'stock'] as const),
  ...(['availabilityUntil', 'imageUrl'] as const),
];

const trimmed = new Set<string>(['productSku', 'name', 'unit']);

function asWritten(field: string, value: unknown): unknown {
  if (field === 'gtin' && typeof value === 'string') return readGtin(value);
  return trimmed.has(field) && typeof value === 'string' ? value.trim() : value;
}

function valuesOf(row: OfferRowInput): Partial<OfferValues> {
  const said = valueFields.filter((field) => row[field] !== undefined && (row[field] !== null || clearable.has(field)));
  return Object.fromEntries(said.map((field) => [field, asWritten(field, row[field])]));
}

const momentOf = (date: Date | null | undefined): number | null => date?.getTime() ?? null;

function priceProblems(prices: readonly ListPriceInput[]): OfferRowError[] {
  if (prices.length > mostPrices) return [rowError('TOO_LONG', 'prices', `There are at most ${mostPrices} prices.`)];
  const seen = new Set<string>();
  return prices.flatMap(({ amount, fromQuantity, validFrom, validUntil }) => {
    const problem = amountCheck(amount) ?? breakCheck(fromQuantity ?? '0');
    if (problem) return [rowError(problem[0], 'prices', problem[1])];
    const key = `${new Decimal(fromQuantity ?? 0)} ${momentOf(validFrom)}`;
    const isSecond = seen.has(key);
    seen.add(key);
    if (validFrom && validUntil && validFrom >= validUntil)
      return [rowError('BAD_VALIDITY', 'prices', 'A price ends after it begins.')];
    return isSecond ? [rowError('BAD_VALIDITY', 'prices', 'Two prices are for one quantity and moment.')] : [];
  });
}

function pricesOf({ price, prices }: OfferRowInput): ListPriceInput[] | null {
  if (prices) return prices;
  return price == null ? null : [{ amount: price }];
}

const asStored = ({ amount, fromQuantity, validFrom, validUntil }: ListPriceInput): ListPrice => ({
  fromQuantity: fromQuantity ?? '0',
  amount,
  validFrom: validFrom ?? null,
  validUntil: validUntil ?? null,
});

/** Reads a row by itself: what it says, or all that is wrong with it. */
export function readOfferRow(row: OfferRowInput): OfferRow | readonly OfferRowError[] {
  const supplierSku = row.supplierSku.trim();
  const problems = Object.entries(checks).flatMap(([field, check]) => {
    const value = row[field as keyof OfferRowInput];
    const problem = value === undefined || value === null ? undefined : check(String(value));
    return problem ? [rowError(problem[0], field, problem[1])] : [];
  });
  if (supplierSku === '') problems.push(rowError('MISSING_SKU', 'supplierSku', 'A row needs the supplier’s own code.'));
  else if (supplierSku.length > 100 || !isStorable(supplierSku))
    problems.push(rowError('TOO_LONG', 'supplierSku', 'A code has at most 100 printable characters.'));
  const prices = pricesOf(row);
  problems.push(...priceProblems(row.prices ?? []));
  if (problems.length > 0) return problems;
  return {
    supplierSku,
    values: valuesOf(row),
    prices: prices?.map(asStored) ?? null,
    currency: row.currency ?? null,
    removed: row.removed === true,
  };
}

export const isOfferRow = (read: OfferRow | readonly OfferRowError[]): read is OfferRow => 'supplierSku' in read;
