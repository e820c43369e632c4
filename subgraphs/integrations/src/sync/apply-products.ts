import type { ProductResult } from '../catalog/catalog-client.ts';
import type { IntegrationsContext } from '../context.ts';
import type { Appearance, StockRow } from '../inventory/inventory-client.ts';
import { PeerError } from '../peer.ts';
import { Duplicates } from '../row/duplicates.ts';
import { type ProductFields, type ReadProduct, readProduct } from '../row/product-row.ts';
import type { Warehouses } from '../row/stock-row.ts';
import { answerOf, notApplied, type RowAnswer, refused, withStock } from './row-answer.ts';
import type { Applied, Apply, BatchScope } from './sync-batch.service.ts';
import { type InventoryAnswer, tellInventory } from './tell-inventory.ts';
import { withUnknownImages } from './unknown-images.ts';

const catalogFailed =
  'The catalogue did not take this batch. Send the same call again: rows that were applied all the same come out UNCHANGED.';
const inventoryFailed =
  'Inventory did not take the stock of this batch; the goods themselves are applied. Send the same call again.';

/** Stands for any warehouse while inventory cannot say which there are: its rows will not be applied anyway. */
const unknownForNow: Warehouses = () => '';

interface FoundWarehouses {
  readonly warehouses: Warehouses;
  readonly error: PeerError | undefined;
}

async function findWarehouses(
  { warehouses, inventory }: IntegrationsContext,
  scope: BatchScope,
  items: readonly ProductFields[],
): Promise<FoundWarehouses> {
  const nameOf = (name: string | null | undefined) => (name?.trim() ? name : scope.warehouse);
  const named = items.filter(({ stockQuantity }) => stockQuantity !== undefined && stockQuantity !== null);
  if (named.length === 0) return { warehouses: unknownForNow, error: undefined };
  try {
    const find = await warehouses.find(inventory, new Set(named.map(({ warehouse }) => nameOf(warehouse))));
    return { warehouses: (name) => find(nameOf(name))?.id, error: undefined };
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    return { warehouses: unknownForNow, error };
  }
}

/** Stock of the rows that the catalogue took, under the SKU that it found or gave. */
function stockRows(reads: readonly ReadProduct[], results: ReadonlyMap<number, ProductResult>): StockRow[] {
  const rows: StockRow[] = [];
  for (const { row, stock } of reads) {
    const result = results.get(row.index);
    if (!stock || !result?.sku || !result.productId || result.outcome === 'REJECTED') continue;
    rows.push({ index: row.index, sku: result.sku, ...stock, parked: false });
  }
  return rows;
}

const appearedOf = (results: readonly ProductResult[]): Appearance[] =>
  results
    .filter(({ created, formerSku }) => created || formerSku)
    .map(({ sku, barcode, formerSku }) => ({ sku: sku ?? '', barcode: barcode ?? null, formerSku: formerSku ?? null }));

function combine(result: ProductResult, told: boolean, { byIndex, error }: InventoryAnswer): RowAnswer {
  const answer = answerOf(result);
  if (!told) return answer;
  const stock = error ? undefined : byIndex.get(result.index);
  if (!stock) return { ...answer, errors: [...answer.errors, notApplied('stockQuantity', inventoryFailed)] };
  return { ...answer, outcome: withStock(answer.outcome, stock.outcome), errors: [...answer.errors, ...stock.errors] };
}

/** Nothing of the batch is known to be applied: every row that was in order says so. */
function withoutCatalog(reads: readonly ReadProduct[], error: PeerError): Applied {
  const answers = reads.map(({ row, errors }) =>
    refused(row.index, row.sku, errors.length > 0 ? errors : [notApplied(null, catalogFailed)]),
  );
  const hasStock = reads.some(({ stock }) => stock !== undefined);
  return { answers, identities: identitiesOf(reads), hasStock, failures: [{ error, message: catalogFailed }] };
}

const identitiesOf = (reads: readonly ReadProduct[]) => (index: number) => ({
  sku: reads[index]?.row.sku ?? null,
  barcode: reads[index]?.row.barcode ?? null,
});

/** What the catalogue made of the rows that were in order, or why it made nothing of them. */
async function tellCatalog(
  { catalog }: IntegrationsContext,
  { manager: _, warehouse: __, ...head }: BatchScope,
  reads: readonly ReadProduct[],
): Promise<ProductResult[] | PeerError> {
  const rows = reads.filter(({ errors }) => errors.length === 0).map(({ row }) => row);
  if (rows.length === 0) return [];
  try {
    return await catalog.applyProducts(head, rows);
  } catch (error) {
    if (error instanceof PeerError) return error;
    throw error;
  }
}

/** Tells inventory what is its own of a batch that the catalogue took, and answers row by row. */
async function withInventory(
  context: IntegrationsContext,
  scope: BatchScope,
  reads: readonly ReadProduct[],
  results: readonly ProductResult[],
  noDirectory: PeerError | undefined,
): Promise<Applied> {
  const byIndex = new Map(results.map((result) => [result.index, result]));
  const rows = stockRows(reads, byIndex);
  // Without the directory the stock has no place to go: only what is new is told, or kept to be told.
  const told = await tellInventory(context.inventory, scope, noDirectory ? [] : rows, appearedOf(results));
  const error = told.error ?? (rows.length > 0 ? noDirectory : undefined);
  const withStockRow = new Set(rows.map(({ index }) => index));
  const answers = reads.map(({ row, errors }) => {
    const result = byIndex.get(row.index);
    if (!result) return refused(row.index, row.sku, errors);
    return combine(result, withStockRow.has(row.index), { ...told, error });
  });
  const failures = error ? [{ error, message: inventoryFailed }] : [];
  return { answers, identities: identitiesOf(reads), hasStock: rows.length > 0, failures };
}

/** Hands rows of goods to the catalogue, then their stock, and goods that are new, to inventory. */
export function applyProducts(context: IntegrationsContext, items: readonly ProductFields[]): Apply {
  return async (scope) => {
    const { warehouses, error } = await findWarehouses(context, scope, items);
    const rules = { warehouses, duplicates: new Duplicates(), shopCurrency: context.settings.shopCurrency };
    const reads = items.map((item, index) => readProduct(item, index, rules));
    const results = await tellCatalog(context, scope, reads);
    if (results instanceof PeerError) return withoutCatalog(reads, results);
    return withUnknownImages(scope, reads, await withInventory(context, scope, reads, results, error));
  };
}
