import type { Notices } from '@gastronom/commerceml/notices';
import { isTrue, type XmlElement } from '@gastronom/commerceml/xml-element';
import { Decimal } from 'decimal.js';
import type { OfferItem, PriceListRow, ReadingOptions } from '../price-list-row.ts';
import { shown } from '../read-value.ts';
import { at, LineFaults, textAt, unitOf } from './line-fault.ts';
import { linePrices, type Period, periodOf } from './line-prices.ts';
import { daysOf, isSameUnit, type Measure, measureOf, unitWord } from './unit-code.ts';

/** What the catalogue says of all its lines. */
export interface CatalogueHeader extends ReadingOptions {
  readonly file: string;
  readonly isDeleted: boolean;
  readonly period: Period;
  readonly notices: Notices;
}

// ISO/IEC 6523: 0160 is GS1's GTIN.
const gtinScheme = '0160';
/** UNCL5305: zero rated, exempt, reverse charge, not subject to tax. */
const untaxed = new Set(['Z', 'E', 'AE', 'O', 'K', 'G']);

const gtinOf = (item: XmlElement | undefined): string | null => {
  const id = at(item, 'StandardItemIdentification', 'ID');
  const scheme = id?.attributes.schemeID?.trim();
  return id && (scheme === gtinScheme || scheme === 'GTIN') ? id.text.trim() || null : null;
};

function taxOf(item: XmlElement | undefined, faults: LineFaults): string | null {
  const category = item?.child('ClassifiedTaxCategory');
  const percent = faults.decimal('taxRate', category?.child('Percent'));
  return percent ?? (untaxed.has(textAt(category, 'ID') ?? '') ? '0' : null);
}

const isPicture = (uri: string): boolean => /^https?:.*\.(jpe?g|png|webp|gif|avif)$/i.test(uri);

const pictureOf = (item: XmlElement | undefined): string | null =>
  item
    ?.all('ItemSpecificationDocumentReference')
    .flatMap((reference) => textAt(reference, 'Attachment', 'ExternalReference', 'URI') ?? [])
    .find(isPicture) ?? null;

/** What the orderable unit holds: it says so itself, as a kilogram does, or the quantity of contents, or that of packs. */
function contentsOf(line: XmlElement, orderableUnit: string, faults: LineFaults): Measure {
  const own = measureOf(orderableUnit);
  const given = line.child('ContentUnitQuantity');
  const counted = { unit: 'PIECE', size: new Decimal(1) } as const;
  if (own && (own.unit !== 'PIECE' || !given)) return own;
  if (given) {
    const size = faults.decimal('packSize', given);
    const each = measureOf(unitOf(given) ?? 'C62') ?? counted;
    return { unit: each.unit, size: each.size.mul(size ?? 1) };
  }
  const item = line.child('Item');
  const [packs, each] = [item?.child('PackQuantity'), item?.child('PackSizeNumeric')];
  const size = new Decimal(faults.decimal('packSize', packs) ?? 1).mul(faults.decimal('packSize', each) ?? 1);
  return { unit: 'PIECE', size };
}

function minimumOf(line: XmlElement, orderableUnit: string, faults: LineFaults): string | null {
  const least = line.child('MinimumOrderQuantity');
  const unit = unitOf(least);
  if (unit === undefined || isSameUnit(unit, orderableUnit)) return faults.decimal('minimumQuantity', least);
  faults.add('BAD_VALUE', 'minimumQuantity', `The minimum is in ${unit}, and ordered are ${orderableUnit}.`);
  return null;
}

function leadTimeOf(line: XmlElement, faults: LineFaults): number {
  const measured = line.all('RequiredItemLocationQuantity').flatMap((location) => location.all('LeadTimeMeasure'));
  const times = measured.map((measure) => {
    const quantity = faults.decimal('leadTimeDays', measure);
    const days = quantity === null ? 0 : daysOf(quantity, unitOf(measure) ?? 'DAY');
    if (days === undefined)
      faults.add(
        'BAD_VALUE',
        'leadTimeDays',
        `A lead time is in days, weeks or hours, not in ${shown(unitOf(measure))}.`,
      );
    return days ?? 0;
  });
  return Math.max(0, ...times);
}

/** A line that is taken off the list, or all that a line says: a line stands whole for the one before it (tir19-033). */
export function catalogueRow(line: XmlElement, header: CatalogueHeader): PriceListRow {
  const faults = new LineFaults();
  const item = line.child('Item');
  const gtin = gtinOf(item);
  const supplierSku = textAt(item, 'SellersItemIdentification', 'ID') ?? gtin ?? '';
  if (supplierSku === '') {
    const message = 'The line has neither SellersItemIdentification nor a GTIN (StandardItemIdentification, 0160).';
    faults.add('MISSING_SKU', 'supplierSku', message);
  }
  const action = textAt(line, 'ActionCode')?.toLowerCase() ?? 'add';
  if (!['add', 'update', 'delete'].includes(action))
    faults.add('BAD_VALUE', 'removed', `${shown(action)} is none of Add, Update and Delete.`);
  const isRemoved = header.isDeleted || action === 'delete';
  const offer = isRemoved ? { supplierSku, removed: true } : offerOf(line, { supplierSku, gtin }, header, faults);
  return { place: { file: header.file, line: line.line }, item: offer, errors: faults.errors, raw: offer };
}

function offerOf(
  line: XmlElement,
  { supplierSku, gtin }: { readonly supplierSku: string; readonly gtin: string | null },
  header: CatalogueHeader,
  faults: LineFaults,
): OfferItem {
  const { timeZone, notices } = header;
  const item = line.child('Item');
  const location = line.child('RequiredItemLocationQuantity');
  const orderableUnit = textAt(line, 'OrderableUnit') ?? unitOf(at(location, 'Price', 'BaseQuantity')) ?? 'C62';
  const period = periodOf(line.child('LineValidityPeriod'), faults, timeZone) ?? header.period;
  const { prices, currency } = linePrices(line, { orderableUnit, period, timeZone, notices, faults });
  if (prices.length === 0 && faults.errors.length === 0)
    notices.add('lines without a price: they are offered without one');
  const contents = contentsOf(line, orderableUnit, faults);
  const orderable = textAt(line, 'OrderableIndicator');
  const taxRate = taxOf(item, faults);
  return {
    supplierSku,
    gtin,
    name: textAt(item, 'Name') ?? null,
    description:
      item
        ?.all('Description')
        .map(({ text }) => text.trim())
        .filter(Boolean)
        .join('\n') || null,
    unit: unitWord(orderableUnit),
    baseUnit: contents.unit,
    packSize: contents.size.toDecimalPlaces(6).toFixed(),
    multiple: faults.decimal('multiple', line.child('OrderQuantityIncrementNumeric')) ?? '1',
    minimumQuantity: minimumOf(line, orderableUnit, faults) ?? '1',
    ...(taxRate === null ? {} : { taxRate }),
    // The amounts of a catalogue are without tax.
    taxIncluded: false,
    leadTimeDays: leadTimeOf(line, faults),
    isAvailable: orderable === undefined || isTrue(orderable),
    imageUrl: pictureOf(item),
    ...(currency === null ? {} : { currency }),
    prices,
  };
}
