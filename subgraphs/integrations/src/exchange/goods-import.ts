import type { InputRow, ProductItem } from '@gastronom/commerceml/row';
import type { IntegrationsContext } from '../context.ts';
import { applyCategories } from '../sync/apply-directories.ts';
import { applyProducts } from '../sync/apply-products.ts';
import { mostRows } from '../sync/sync-call.ts';
import type { BatchRow, BatchSender } from './batch-sender.ts';
import type { ExchangeFileEntity } from './exchange-file.entity.ts';
import { ExchangeKnownRepository } from './exchange-known.repository.ts';
import type { ExchangeRuns } from './exchange-runs.ts';
import { partsToDo, rejectedIn } from './file-parts.ts';
import type { SessionExport } from './session-export.ts';

export interface FileImport {
  readonly context: IntegrationsContext;
  readonly file: ExchangeFileEntity;
  readonly exported: SessionExport;
  readonly runs: ExchangeRuns;
  readonly sender: BatchSender;
}

/** What only offers tell is left to their own turn. */
function withoutOffer({ price: _, currency: __, stockQuantity: ___, warehouse: ____, ...item }: ProductItem) {
  return item;
}

function goodsRow(row: InputRow): BatchRow<ProductItem> | undefined {
  if (row.kind === 'product' && row.goodId !== undefined) return { item: withoutOffer(row.item) };
  if (row.kind !== 'unreadable') return undefined;
  const { sku } = (row.row ?? {}) as { sku?: string };
  return { unreadable: { ...row, sku: sku ?? null } };
}

async function importCategories({ context, exported, sender }: FileImport): Promise<string[]> {
  const rows = exported.input.categories.map((item) => ({ item }));
  const answers = await sender.send({ kind: 'CATEGORIES', runId: null }, rows, (items) =>
    applyCategories(context, items),
  );
  const rejected = rejectedIn(answers);
  return rejected > 0 ? [`${rejected} groups of goods were rejected.`] : [];
}

/** Offers that come alone, another time, tell only the Ид. */
async function rememberSkus({ manager, settings }: IntegrationsContext, skus: Map<string, string>): Promise<void> {
  if (settings.exchange.skuSource !== 'id') await new ExchangeKnownRepository(manager).upsertSkus(skus);
  skus.clear();
}

const baseOf = (id: string): string => id.split('#', 1)[0] ?? id;

/** Imports the groups and goods of a file. @returns what there is to say of it. */
export async function importGoods(fileImport: FileImport): Promise<string[]> {
  const { context, file, exported, runs, sender } = fileImport;
  const notes = await importCategories(fileImport);
  if (!exported.parts.hasGoods) return notes;
  const mode = exported.parts.goodsAreChanges === false ? 'SNAPSHOT' : 'DELTA';
  const { run: found, isFurther } = await runs.find('GOODS', mode);
  let run = found;
  const { wanted, pending } = partsToDo(exported, file, ({ hasGoods }) => hasGoods, mode === 'SNAPSHOT' && isFurther);
  let rows: BatchRow<ProductItem>[] = [];
  const skus = new Map<string, string>();
  const flush = async () => {
    if (rows.length === 0) return;
    run ??= await runs.begin('GOODS', mode);
    await sender.send({ kind: 'PRODUCTS', runId: run.id }, rows, (items) => applyProducts(context, items));
    rows = [];
    await rememberSkus(context, skus);
  };
  for await (const row of exported.input.rows()) {
    const goods = wanted.has(row.place.file) ? goodsRow(row) : undefined;
    if (!goods) continue;
    rows.push(goods);
    if (row.kind === 'product' && row.goodId !== undefined && row.item.sku !== undefined)
      skus.set(baseOf(row.goodId), row.offer?.id.includes('#') ? baseOf(row.item.sku) : row.item.sku);
    if (rows.length >= mostRows) await flush();
  }
  await flush();
  return pending || !run ? notes : [...notes, ...(await runs.finish(run))];
}
