import type { Notices } from '@gastronom/commerceml/notices';
import type { XmlElement } from '@gastronom/commerceml/xml-element';
import { Decimal } from 'decimal.js';
import type { PriceItem, ReadingOptions } from '../price-list-row.ts';
import { readCurrency, readMoment } from '../read-value.ts';
import { at, type LineFaults, textAt, unitOf } from './line-fault.ts';
import { isSameUnit } from './unit-code.ts';

const priceDecimals = 4;

/** From when and until when something holds; the last day counts whole. */
export interface Period {
  readonly validFrom?: string;
  readonly validUntil?: string;
}

export interface PriceContext extends ReadingOptions {
  readonly orderableUnit: string;
  /** Of the line or the catalogue, for prices that name none. */
  readonly period: Period;
  readonly faults: LineFaults;
  readonly notices: Notices;
}

/** A `ValidityPeriod` or `LineValidityPeriod`; nothing where there is none. */
export function periodOf(element: XmlElement | undefined, faults: LineFaults, timeZone: string): Period | undefined {
  if (!element) return undefined;
  const [from, until] = [textAt(element, 'StartDate'), textAt(element, 'EndDate')];
  const validFrom = from && faults.try('prices', () => readMoment(from, timeZone, 'start'));
  const validUntil = until && faults.try('prices', () => readMoment(until, timeZone, 'end'));
  return { ...(validFrom ? { validFrom } : {}), ...(validUntil ? { validUntil } : {}) };
}

/**
 * How many of what the price is for are in the orderable unit: `OrderableUnitFactorRate`. It must be there where the units
 * differ (BIS Catalogue, tir19-p035): a price that could be of a kilogram or of a box is not guessed.
 */
function factorOf(price: XmlElement, { orderableUnit, faults }: PriceContext): string | null {
  const given = at(price, 'OrderableUnitFactorRate');
  if (given) return faults.decimal('prices', given);
  const unit = unitOf(at(price, 'BaseQuantity'));
  if (unit === undefined || isSameUnit(unit, orderableUnit)) return '1';
  const message = `The price is of ${unit} and ordered are ${orderableUnit}, and no OrderableUnitFactorRate says how many.`;
  faults.add('BAD_VALUE', 'prices', message);
  return null;
}

function amountOf(price: XmlElement, context: PriceContext): string | null {
  const { faults } = context;
  const amount = faults.decimal('prices', at(price, 'PriceAmount'));
  const base = at(price, 'BaseQuantity') ? faults.decimal('prices', at(price, 'BaseQuantity')) : '1';
  const factor = factorOf(price, context);
  if (amount === null || base === null || factor === null) return null;
  if (Number(base) <= 0 || Number(factor) <= 0) {
    faults.add('OUT_OF_RANGE', 'prices', 'A price is for more than nothing.');
    return null;
  }
  return new Decimal(amount).mul(factor).div(base).toDecimalPlaces(priceDecimals, Decimal.ROUND_HALF_UP).toFixed();
}

/** From how many orderable units a price holds. */
function fromQuantityOf(location: XmlElement, { orderableUnit, faults }: PriceContext): string | null {
  const least = location.child('MinimumQuantity');
  const unit = unitOf(least);
  if (unit !== undefined && !isSameUnit(unit, orderableUnit)) {
    faults.add('BAD_VALUE', 'prices', `A price is from so many ${unit} on, and ordered are ${orderableUnit}.`);
    return null;
  }
  return faults.decimal('prices', least);
}

function currencyOf(prices: readonly XmlElement[], faults: LineFaults): string | null {
  const codes = prices.flatMap((price) => at(price, 'PriceAmount')?.attributes.currencyID ?? []);
  const [code, ...others] = new Set(codes.map((text) => faults.try('currency', () => readCurrency(text)) ?? ''));
  if (others.length === 0) return code || null;
  faults.add('BAD_VALUE', 'currency', 'The prices of one line are in several currencies.');
  return null;
}

/** The prices of a line for one orderable unit, each from a quantity on and with its validity. */
export function linePrices(line: XmlElement, context: PriceContext): { prices: PriceItem[]; currency: string | null } {
  const { faults, notices, timeZone } = context;
  const priced = line
    .all('RequiredItemLocationQuantity')
    .flatMap((location) => location.all('Price').map((price) => ({ location, price })));
  const found = new Map<string, PriceItem>();
  for (const { location, price } of priced) {
    const amount = amountOf(price, context);
    const fromQuantity = fromQuantityOf(location, context);
    const period = periodOf(price.child('ValidityPeriod'), faults, timeZone) ?? context.period;
    if (amount === null) continue;
    const key = `${new Decimal(fromQuantity ?? 0)} ${period.validFrom}`;
    if (found.has(key)) notices.add('prices for further territories were passed over: the first of a line is taken');
    else found.set(key, { amount, ...(fromQuantity === null ? {} : { fromQuantity }), ...period });
  }
  const currency = currencyOf(
    priced.map(({ price }) => price),
    faults,
  );
  return { prices: withoutNeedlessStart([...found.values()]), currency };
}

/** A single price holds from the first pack on: what can be ordered at least is said elsewhere. */
function withoutNeedlessStart(prices: PriceItem[]): PriceItem[] {
  const [only, ...others] = prices;
  if (!only || others.length > 0) return prices;
  const { fromQuantity: _, ...price } = only;
  return [price];
}
