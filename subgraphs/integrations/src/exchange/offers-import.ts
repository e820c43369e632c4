import type { InputRow, ProductItem } from '@gastronom/commerceml/row';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { applyWarehouses } from '../sync/apply-directories.ts';
import { applyProducts } from '../sync/apply-products.ts';
import { applyStocks } from '../sync/apply-stocks.ts';
import { mostRows } from '../sync/sync-call.ts';
import { ExchangeKnownRepository } from './exchange-known.repository.ts';
import { partsToDo, rejectedIn } from './file-parts.ts';
import type { FileImport } from './goods-import.ts';
import { rowsWithSkus } from './lone-offers.ts';
import { type OfferRow, PriceRows } from './price-rows.ts';
import { StockRows } from './stock-rows.ts';

const mentions = (row: InputRow, wanted: ReadonlySet<string>): row is OfferRow => {
  if (row.kind === 'unreadable') return false;
  if (row.kind === 'stock') return wanted.has(row.place.file);
  return row.offer?.files.some((file) => wanted.has(file)) ?? false;
};

async function importWarehouses({ context, exported, sender }: FileImport): Promise<string[]> {
  const rows = exported.input.warehouses.map((item) => ({ item }));
  const answers = await sender.send({ kind: 'WAREHOUSES', runId: null }, rows, (items) =>
    applyWarehouses(context, items),
  );
  const rejected = rejectedIn(answers);
  return rejected > 0 ? [`${rejected} warehouses were rejected.`] : [];
}

/** Prices, names and barcodes, in a run that hides nothing: goods without an offer are not gone. */
async function importPrices(fileImport: FileImport): Promise<string[]> {
  const { context, exported, file, runs, sender } = fileImport;
  const rows = new PriceRows(context, exported.variants);
  const wanted = new Set([file.name]);
  let { run } = await runs.find('PRICES', 'DELTA');
  const flush = async () => {
    const batch = await rows.take();
    if (batch.length === 0) return;
    run ??= await runs.begin('PRICES', 'DELTA');
    const target = { kind: 'PRODUCTS', runId: run.id } as const;
    await sender.send(target, batch, (items: ProductItem[]) => applyProducts(context, items));
  };
  for await (const row of rowsWithSkus(exported)) {
    if (mentions(row, wanted)) rows.add(row);
    if (rows.length >= mostRows) await flush();
  }
  rows.addReplacedGoods();
  await flush();
  await rememberVariants(fileImport, rows);
  const { pending } = partsToDo(exported, file, ({ hasOffers }) => hasOffers, false);
  return run && !pending ? runs.finish(run) : [];
}

/** The next export's goods, which come before their offers, are parted by what these said. */
async function rememberVariants({ context, exported, file }: FileImport, { variants }: PriceRows): Promise<void> {
  const { isOnly } = partsToDo(exported, file, ({ hasOffers }) => hasOffers, false);
  await inTransaction(context.manager, async (manager) => {
    const known = new ExchangeKnownRepository(manager);
    await known.upsertVariants(variants);
    if (isOnly && exported.parts.offersAreChanges === false) {
      await known.deleteOtherVariants(variants.map(({ id }) => id));
    }
  });
}

async function importStocks(fileImport: FileImport): Promise<string[]> {
  const { context, exported, file, runs, sender } = fileImport;
  const mode = exported.parts.offersAreChanges === false ? 'SNAPSHOT' : 'DELTA';
  const { run: found, isFurther } = await runs.find('STOCKS', mode);
  let run = found;
  const inSnapshot = mode === 'SNAPSHOT' && isFurther;
  const { wanted, pending } = partsToDo(exported, file, ({ hasOffers }) => hasOffers, inSnapshot);
  const stocks = new StockRows(mostRows, async (warehouse, rows) => {
    run ??= await runs.begin('STOCKS', mode);
    const target = { kind: 'STOCKS', runId: run.id, warehouse } as const;
    await sender.send(target, rows, (items) => applyStocks(context, warehouse, items));
  });
  for await (const row of rowsWithSkus(exported)) if (mentions(row, wanted)) await stocks.add(row);
  await stocks.end();
  return run && !pending ? runs.finish(run) : [];
}

/** Imports the warehouses, prices and counts of a file. @returns what there is to say of it. */
export async function importOffers(fileImport: FileImport): Promise<string[]> {
  const notes = await importWarehouses(fileImport);
  // Goods before their counts, which would otherwise be parked.
  notes.push(...(await importPrices(fileImport)));
  notes.push(...(await importStocks(fileImport)));
  return notes;
}
