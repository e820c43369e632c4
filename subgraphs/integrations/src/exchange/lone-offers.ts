import type { InputRow } from '@gastronom/commerceml/row';
import type { SessionExport } from './session-export.ts';

type LoneRow = Exclude<InputRow, { kind: 'unreadable' }>;

const isLone = (row: InputRow): row is LoneRow =>
  row.kind !== 'unreadable' && row.offer !== undefined && (row.kind !== 'product' || row.goodId === undefined);

/** SKU of an offer's goods as an earlier export told it, with the characteristic that the offer names. */
function knownSku(offerId: string, skus: ReadonlyMap<string, string>): string | undefined {
  const [good = '', characteristic] = offerId.split('#', 2);
  const sku = skus.get(good);
  return sku === undefined || characteristic === undefined ? sku : `${sku}#${characteristic}`;
}

function withSku(row: LoneRow, sku: string): InputRow {
  if (row.kind === 'product') return { ...row, item: { ...row.item, sku } };
  return row.kind === 'price' ? { ...row, item: { ...row.item, sku } } : { ...row, item: { ...row.item, sku } };
}

/** Goods that nobody knows under another name than their Ид are not to be made under it: only what they cost is left. */
function withoutName(row: LoneRow): InputRow[] {
  if (row.kind !== 'product' || row.offer === undefined) return [row];
  const { item, place, offer, furtherStock } = row;
  const sku = offer.id;
  const first = item.stockQuantity === undefined ? [] : [{ warehouse: item.warehouse, quantity: item.stockQuantity }];
  return [
    ...(item.price === undefined || item.price === null
      ? []
      : [{ kind: 'price' as const, place, offer, item: { sku, price: item.price, currency: item.currency } }]),
    ...[...first, ...furtherStock].map(({ warehouse, quantity }) => ({
      kind: 'stock' as const,
      place,
      offer,
      item: { sku, quantity },
      warehouse,
    })),
  ];
}

/** The rows of an export; offers whose goods no file holds get the SKU under which those goods came before. */
export async function* rowsWithSkus({ input, skus }: SessionExport): AsyncGenerator<InputRow> {
  for await (const row of input.rows()) {
    if (!skus || !isLone(row) || row.offer === undefined) {
      yield row;
      continue;
    }
    const sku = knownSku(row.offer.id, skus);
    if (sku === undefined) yield* withoutName(row);
    else yield withSku(row, sku);
  }
}
