import type { OfferItem, PriceListRow } from './price-list-row.ts';

/** A row that tells a price of an offer, from a quantity or a day on. */
const tellsBreak = ({ item, errors }: PriceListRow): boolean => errors.length === 0 && item.prices?.length === 1;

const isOfSame = (one: PriceListRow, next: PriceListRow): boolean =>
  tellsBreak(next) &&
  one.errors.length === 0 &&
  one.item.prices != null &&
  one.item.supplierSku === next.item.supplierSku;

const withPricesOf = (one: PriceListRow, { item }: PriceListRow): PriceListRow => {
  const prices = [...(one.item.prices ?? []), ...(item.prices ?? [])];
  const merged: OfferItem = { ...one.item, prices };
  return { ...one, item: merged, raw: merged };
};

/**
 * Joins the rows of a table that stand together and tell one offer's prices, a quantity or a day each; the first of them says
 * all else. An offer that comes again later in the file is told where it came first.
 */
export async function* gatheredRows(rows: AsyncIterable<PriceListRow>): AsyncGenerator<PriceListRow> {
  const lines = new Map<string, number>();
  let open: PriceListRow | undefined;
  for await (const row of rows) {
    if (open && isOfSame(open, row)) {
      open = withPricesOf(open, row);
      continue;
    }
    if (open) yield open;
    open = withoutRepetition(row, lines);
  }
  if (open) yield open;
}

function withoutRepetition(row: PriceListRow, lines: Map<string, number>): PriceListRow {
  const { supplierSku } = row.item;
  if (row.errors.length > 0) return row;
  const first = lines.get(supplierSku);
  lines.set(supplierSku, first ?? row.place.line);
  if (first === undefined) return row;
  const message = `Line ${first} has this code already.`;
  return { ...row, errors: [{ code: 'DUPLICATE_IN_BATCH', field: 'supplierSku', message }] };
}
