import type { Place } from '@gastronom/commerceml/row';
import type { OfferField } from './offer-fields.ts';
import type { OfferItem, PriceItem, PriceListRow, ReadingOptions, RowError } from './price-list-row.ts';
import {
  findBaseUnit,
  readBaseUnit,
  readBoolean,
  readCurrency,
  readDecimal,
  readMoment,
  readText,
  readWhole,
  ValueError,
} from './read-value.ts';
import { isObject } from './table/json-lines.ts';

/** What a row says, its fields known by name and their values as they came. */
export type OfferValues = ReadonlyMap<OfferField, unknown>;

type Reader = (value: unknown, options: ReadingOptions) => unknown;

function readPrices(value: unknown, { timeZone }: ReadingOptions): PriceItem[] {
  if (!Array.isArray(value)) throw new ValueError('BAD_VALUE', 'A list of prices is expected.');
  return value.map((price) => {
    if (!isObject(price)) throw new ValueError('BAD_VALUE', 'Each price is an object with its `amount`.');
    const { amount, fromQuantity, validFrom, validUntil } = price;
    return {
      amount: readDecimal(amount),
      ...(fromQuantity == null ? {} : { fromQuantity: readDecimal(fromQuantity) }),
      ...(validFrom == null ? {} : { validFrom: readMoment(validFrom, timeZone, 'start') }),
      ...(validUntil == null ? {} : { validUntil: readMoment(validUntil, timeZone, 'end') }),
    };
  });
}

const readers: Readonly<Record<OfferField, Reader>> = {
  supplierSku: readText,
  productSku: readText,
  gtin: readText,
  name: readText,
  description: readText,
  unit: readText,
  baseUnit: readBaseUnit,
  packSize: readDecimal,
  multiple: readDecimal,
  minimumQuantity: readDecimal,
  taxRate: readDecimal,
  taxIncluded: readBoolean,
  catchWeight: readBoolean,
  leadTimeDays: readWhole,
  isAvailable: readBoolean,
  stock: readDecimal,
  availabilityUntil: (value, { timeZone }) => readMoment(value, timeZone, 'end'),
  imageUrl: readText,
  price: readDecimal,
  prices: readPrices,
  currency: readCurrency,
  removed: readBoolean,
  fromQuantity: readDecimal,
  validFrom: (value, { timeZone }) => readMoment(value, timeZone, 'start'),
  validUntil: (value, { timeZone }) => readMoment(value, timeZone, 'end'),
};

const isOfPrice = (field: OfferField): field is 'fromQuantity' | 'validFrom' | 'validUntil' =>
  field === 'fromQuantity' || field === 'validFrom' || field === 'validUntil';

const isBlank = (value: unknown): boolean => value === null || (typeof value === 'string' && value.trim() === '');

function readValues(values: OfferValues, options: ReadingOptions) {
  const read: Partial<Record<OfferField, unknown>> = {};
  const errors: RowError[] = [];
  for (const [field, value] of values) {
    if (value === undefined) continue;
    if (isBlank(value)) {
      read[field] = null;
      continue;
    }
    try {
      read[field] = readers[field](value, options);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      const { code, message } = error;
      errors.push({ code, field: isOfPrice(field) ? 'prices' : field, message });
    }
  }
  return { read, errors };
}

/** Where a unit alone tells what is measured, the contents are one of it. */
function withUnit(item: OfferItem): OfferItem {
  const measured = item.unit && item.baseUnit === undefined ? findBaseUnit(item.unit) : undefined;
  return measured ? { ...item, baseUnit: measured, packSize: item.packSize ?? '1' } : item;
}

/** Takes the values of a row for what they are; whatever is wrong with them is told all at once. */
export function offerRow(values: OfferValues, place: Place, raw: unknown, options: ReadingOptions): PriceListRow {
  const { read, errors } = readValues(values, options);
  const { fromQuantity, validFrom, validUntil, price, supplierSku, ...others } = read as Partial<OfferItem & PriceItem>;
  const item: OfferItem = { supplierSku: supplierSku ?? '', ...others };
  const hasPlace = values.has('fromQuantity') || values.has('validFrom') || values.has('validUntil');
  if (price && hasPlace) item.prices = [{ amount: price, ...present({ fromQuantity, validFrom, validUntil }) }];
  else if (price !== undefined) item.price = price;
  if (item.supplierSku === '') {
    const message = 'The row has no code of the supplier’s.';
    errors.push({ code: 'MISSING_SKU', field: 'supplierSku', message });
  }
  return { place, item: withUnit(item), errors, raw };
}

const present = (price: Omit<PriceItem, 'amount'>): Omit<PriceItem, 'amount'> =>
  Object.fromEntries(Object.entries(price).filter(([, value]) => value != null));

/** A row that could not be taken apart. */
export const unreadableRow = (place: Place, raw: unknown, reason: string): PriceListRow => ({
  place,
  item: { supplierSku: '' },
  errors: [{ code: 'UNREADABLE', field: null, message: `${reason[0]?.toUpperCase()}${reason.slice(1)}.` }],
  raw,
});
