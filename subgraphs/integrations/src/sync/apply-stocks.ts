import type { ProductMatch } from '../catalog/catalog-client.ts';
import type { IntegrationsContext } from '../context.ts';
import { PeerError } from '../peer.ts';
import { Duplicates } from '../row/duplicates.ts';
import { FieldReader } from '../row/field-reader.ts';
import type { RowError } from '../row/row-error.ts';
import { findWarehouse, type ReadStock, readStock, type StockFields } from '../row/stock-row.ts';
import { answerOf, notApplied, type RowAnswer, refused } from './row-answer.ts';
import type { Applied, Apply, BatchScope } from './sync-batch.service.ts';
import { tellInventory } from './tell-inventory.ts';

const failed = {
  catalog: 'The catalogue could not say which goods these are, so that no stock was applied. Send the same call again.',
  inventory: 'Inventory did not take this batch. Send the same call again.',
};

/** A count whose goods and place are known. */
interface PlacedStock extends ReadStock {
  readonly match: ProductMatch;
}

const messageOf = ({ peer }: PeerError): string => (peer === 'catalog' ? failed.catalog : failed.inventory);

const identitiesOf = (reads: readonly ReadStock[]) => (index: number) => ({
  sku: reads[index]?.sku ?? null,
  barcode: reads[index]?.barcode ?? null,
});

/** Asks the catalogue which goods the counts are of. A barcode and a SKU of one batch may turn out to be the same goods. */
async function place(context: IntegrationsContext, sound: readonly ReadStock[]): Promise<PlacedStock[]> {
  if (sound.length === 0) return [];
  const matches = await context.catalog.matchProducts(sound.map(({ sku, barcode }) => ({ sku, barcode })));
  const duplicates = new Duplicates();
  return sound.map((read, i) => {
    const match = matches[i] ?? { sku: read.sku, known: false, error: null };
    const reader = new FieldReader();
    if (match.error) reader.errors.push(match.error);
    else if (match.sku) duplicates.check(reader, read.index, 'sku', match.sku);
    return { ...read, match, errors: reader.errors };
  });
}

async function applyTo(
  context: IntegrationsContext,
  scope: BatchScope,
  warehouseId: string,
  reads: readonly ReadStock[],
): Promise<Applied> {
  const placed = await place(
    context,
    reads.filter(({ errors }) => errors.length === 0),
  );
  const rows = placed.flatMap(({ index, quantity, errors, match: { sku, known } }) =>
    errors.length === 0 && sku ? [{ index, sku, warehouseId, quantity, parked: !known }] : [],
  );
  const { byIndex, error } = await tellInventory(context.inventory, scope, rows, []);
  if (error) throw error;
  const placedByIndex = new Map(placed.map((read) => [read.index, read]));
  const answers = reads.map(({ index, sku, errors }): RowAnswer => {
    const result = byIndex.get(index);
    const read = placedByIndex.get(index);
    return result ? answerOf(result) : refused(index, sku ?? read?.match.sku ?? null, read?.errors ?? errors);
  });
  return { answers, identities: identitiesOf(reads), hasStock: rows.length > 0, failures: [] };
}

/** The same answer for every row that was in order by itself. */
const allRefused = (reads: readonly ReadStock[], error: RowError): Omit<Applied, 'failures'> => ({
  answers: reads.map(({ index, sku, errors }) => refused(index, sku, errors.length > 0 ? errors : [error])),
  identities: identitiesOf(reads),
  hasStock: reads.length > 0,
});

/**
 * Hands counts of one warehouse to inventory, under the SKUs by which the catalogue knows the goods. Goods that a message
 * named in an earlier batch, `before` this one, count there.
 */
export function applyStocks(
  context: IntegrationsContext,
  warehouse: string,
  items: readonly StockFields[],
  before?: Duplicates,
): Apply {
  return async (scope) => {
    const duplicates = new Duplicates(before);
    const reads = items.map((item, index) => readStock(item, index, duplicates));
    const name = warehouse.trim() || scope.warehouse;
    try {
      const find = await context.warehouses.find(context.inventory, [name]);
      const reader = new FieldReader();
      const warehouseId = findWarehouse(reader, (wanted) => find(wanted)?.id, name);
      const [unknown] = reader.errors;
      if (unknown) return { ...allRefused(reads, unknown), hasStock: false, failures: [] };
      return await applyTo(context, scope, warehouseId ?? '', reads);
    } catch (error) {
      if (!(error instanceof PeerError)) throw error;
      const message = messageOf(error);
      return { ...allRefused(reads, notApplied(null, message)), failures: [{ error, message }] };
    }
  };
}
