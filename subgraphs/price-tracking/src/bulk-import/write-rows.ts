import { storable } from '@gastronom/shared/storable-text';
import type { EntityManager } from 'typeorm';
import { requestLinks } from '../catalogue-link/suggest-catalogue-links.definition.ts';
import { recordChecks } from '../check/record-checks.ts';
import type { PriceTrackingContext } from '../context.ts';
import { productOfPage } from '../quick-add/product-of-page.ts';
import { ensureStoreFor } from '../store/ensure-store.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProductRepository } from '../tracked-product/tracked-product.repository.ts';
import type { NormalUrl } from '../tracked-url/normalise-url.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';
import { TrackedUrlRepository } from '../tracked-url/tracked-url.repository.ts';
import { mostUrls } from '../tracked-url/tracked-url.service.ts';
import type { CreatedPage } from './bulk-import.answer.ts';
import { type ImportRow, isLeft, skip, skipKnown } from './import-row.ts';

export interface RowsToWrite {
  readonly ownerId: string;
  /** Locked; null where one is to be made. */
  readonly product: TrackedProductEntity | null;
  readonly searchQuery: string | null;
  readonly rows: readonly ImportRow[];
}

export interface WrittenRows {
  readonly product: TrackedProductEntity | null;
  readonly created: readonly CreatedPage[];
  /** Pages that have a price now. */
  readonly readIds: ReadonlySet<string>;
}

type LeftRow = ImportRow & { readonly address: NormalUrl };

/** Writes the rows that are left, in the caller's transaction: stores, product, pages, and what was read of them. */
export async function writeRows(
  context: PriceTrackingContext,
  manager: EntityManager,
  write: RowsToWrite,
): Promise<WrittenRows> {
  const urls = new TrackedUrlRepository(manager);
  await skipExcess(urls, write);
  const left = write.rows.filter(isLeft);
  const nothing = { product: write.product, created: [], readIds: new Set<string>() };
  if (left.length === 0) return nothing;
  const product = write.product ?? (await makeProduct(manager, write, left));
  const inserted = await insertPages(context, manager, product, left);
  // Others may have added the rest meanwhile.
  skipKnown(left, await urls.listKnown(write.ownerId, missing(left, inserted)));
  if (inserted.length === 0) {
    if (!write.product) await new TrackedProductRepository(manager).delete(product.id);
    return nothing;
  }
  const byUrl = new Map(inserted.map((url) => [url.url, url]));
  const made = left.flatMap((row) => {
    const url = byUrl.get(row.address.url);
    return url ? [{ row, url }] : [];
  });
  const wished = made.findLast(({ row }) => row.setPrimary);
  if (wished) await urls.setPrimary(wished.url);
  await recordChecks(
    context,
    manager,
    made.flatMap(({ row, url }) => (row.check ? [{ urlId: url.id, check: row.check }] : [])),
  );
  if (!write.product) await requestLinks(context.jobs, manager, [product]);
  const fresh = new Map((await urls.byIds(inserted.map(({ id }) => id))).map((url) => [url.id, url]));
  const created = made.map(({ row, url }) => ({ trackedUrl: fresh.get(url.id) ?? url, isPending: row.check === null }));
  const readIds = new Set(created.filter(({ isPending }) => !isPending).map(({ trackedUrl }) => trackedUrl.id));
  return { product, created, readIds };
}

/** A product has only so many pages; the caller has locked it. */
async function skipExcess(urls: TrackedUrlRepository, { product, rows }: RowsToWrite): Promise<void> {
  const free = mostUrls - (product ? await urls.countOf(product.id) : 0);
  for (const row of rows.filter(isLeft).slice(Math.max(0, free)))
    skip(row, 'TOO_MANY', `A product has at most ${mostUrls} pages.`);
}

/** Of the words that were searched for, else of the first page that was read, else of the first address. */
function makeProduct(
  manager: EntityManager,
  { ownerId, searchQuery }: RowsToWrite,
  left: readonly LeftRow[],
): Promise<TrackedProductEntity> {
  const first = left.find(({ check }) => check !== null) ?? left[0];
  const address = first?.address.url ?? '';
  const values = productOfPage(ownerId, address, first?.check ?? null, storable(searchQuery ?? '', 300));
  return new TrackedProductRepository(manager).insert(values);
}

async function insertPages(
  { clock }: PriceTrackingContext,
  manager: EntityManager,
  { id: productId, ownerId }: TrackedProductEntity,
  left: readonly LeftRow[],
): Promise<TrackedUrlEntity[]> {
  const stores = new Map<string, string>();
  for (const { address } of left)
    if (!stores.has(address.host)) stores.set(address.host, (await ensureStoreFor(manager, ownerId, address.url)).id);
  const rows = left.map(({ address }) => ({ ...address, ownerId, productId, storeId: stores.get(address.host) ?? '' }));
  return new TrackedUrlRepository(manager).insertAll(rows, new Date(clock()));
}

function missing(left: readonly LeftRow[], inserted: readonly TrackedUrlEntity[]): string[] {
  const made = new Set(inserted.map(({ url }) => url));
  return left.map(({ address }) => address.url).filter((url) => !made.has(url));
}
