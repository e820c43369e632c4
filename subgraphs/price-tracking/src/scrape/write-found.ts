import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { recordChecks } from '../check/record-checks.ts';
import type { PriceTrackingContext } from '../context.ts';
import { productOfPage } from '../quick-add/product-of-page.ts';
import { ensureStoreFor } from '../store/ensure-store.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { type NewTrackedProduct, TrackedProductRepository } from '../tracked-product/tracked-product.repository.ts';
import { mostProducts } from '../tracked-product/tracked-product.rules.ts';
import { TrackedUrlRepository } from '../tracked-url/tracked-url.repository.ts';
import type { FoundItem } from './found-item.ts';
import { FoundProductRepository } from './found-product.repository.ts';

export interface WrittenItems {
  readonly found: number;
  readonly created: number;
  /** The owner watches as many products as may be: some were left out. */
  readonly isFull: boolean;
}

interface Known {
  readonly bySku: ReadonlyMap<string, string>;
  /** Product of each address, with its SKU. */
  readonly byUrl: ReadonlyMap<string, Pick<TrackedProductEntity, 'id' | 'sku'>>;
}

const isSku = (sku: string | null): sku is string => sku !== null;

/** What is watched of it already: the products are locked, before anything else is. */
async function lockKnown(manager: EntityManager, ownerId: string, items: readonly FoundItem[]): Promise<Known> {
  const skus = await new FoundProductRepository(manager).listBySku(ownerId, items.map(({ sku }) => sku).filter(isSku));
  const urls = await new TrackedUrlRepository(manager).listKnown(
    ownerId,
    items.map(({ address }) => address.url),
  );
  const ids = [...new Set([...skus.map(({ id }) => id), ...urls.map(({ productId }) => productId)])];
  const left = new Map((await new TrackedProductRepository(manager).lock(ids)).map((product) => [product.id, product]));
  const byUrl = urls.flatMap(({ url, productId }) => {
    const product = left.get(productId);
    return product ? [[url, product] as const] : [];
  });
  return {
    bySku: new Map(skus.filter(({ id }) => left.has(id)).map(({ id, sku }) => [sku, id])),
    byUrl: new Map(byUrl),
  };
}

const productOf = (ownerId: string, { address, reading }: FoundItem): NewTrackedProduct =>
  productOfPage(ownerId, address.url, null, reading.title);

const valuesOf = (ownerId: string, item: FoundItem) => ({
  ...productOf(ownerId, item),
  gtin: null,
  imageUrl: item.reading.image,
  condition: item.reading.condition,
  size: item.reading.size?.slice(0, 50).toWellFormed() ?? null,
});

/** A listing whose page is watched already keeps the SKU that it was given. */
const asKnown = (item: FoundItem, { byUrl }: Known): FoundItem => ({
  ...item,
  sku: item.sku === null ? null : (byUrl.get(item.address.url)?.sku ?? item.sku),
});

/** Products of a marketplace's listings, by their SKUs. */
async function upsertListings(manager: EntityManager, ownerId: string, items: readonly FoundItem[], known: Known) {
  const listings = items.flatMap((item) =>
    isSku(item.sku) ? [{ ...valuesOf(ownerId, item), sku: item.sku, item }] : [],
  );
  const adopted = listings.flatMap(({ sku, item }) => {
    const product = known.byUrl.get(item.address.url);
    return product?.sku === null && !known.bySku.has(sku) ? [{ id: product.id, sku }] : [];
  });
  await new FoundProductRepository(manager).adopt(adopted);
  const rows = listings.map(({ item: _, ...listing }) => listing);
  return new TrackedProductRepository(manager).upsertFound(rows);
}

/** Products of any other site's list, by their addresses. @returns the product of each address. */
async function insertOthers(manager: EntityManager, ownerId: string, items: readonly FoundItem[], known: Known) {
  const fresh = items.filter(({ sku, address }) => sku === null && !known.byUrl.has(address.url));
  const made = fresh.map((item) => ({ ...valuesOf(ownerId, item), id: randomUUID(), url: item.address.url }));
  await new FoundProductRepository(manager).insertAll(made.map(({ url: _, ...product }) => product));
  return new Map(made.map(({ id, url }) => [url, id]));
}

function withinLimit(items: readonly FoundItem[], known: Known, room: number): FoundItem[] {
  let left = room;
  return items.filter(({ sku, address }) => {
    if (known.byUrl.has(address.url) || (sku !== null && known.bySku.has(sku))) return true;
    left -= 1;
    return left >= 0;
  });
}

async function storesOf(manager: EntityManager, ownerId: string, items: readonly FoundItem[]) {
  const stores = new Map<string, string>();
  for (const { address } of items)
    if (!stores.has(address.host)) stores.set(address.host, (await ensureStoreFor(manager, ownerId, address.url)).id);
  return stores;
}

/** Watches what a page of a list has found, in the caller's transaction. Done again, it finds what it made. */
export async function writeFound(
  context: PriceTrackingContext,
  manager: EntityManager,
  ownerId: string,
  items: readonly FoundItem[],
): Promise<WrittenItems> {
  const known = await lockKnown(manager, ownerId, items);
  const room = mostProducts - (await new TrackedProductRepository(manager).countOf(ownerId));
  const kept = withinLimit(items, known, room).map((item) => asKnown(item, known));
  const listings = await upsertListings(manager, ownerId, kept, known);
  const others = await insertOthers(manager, ownerId, kept, known);
  const bySku = new Map(listings.map(({ id, sku }) => [sku, id]));
  const stores = await storesOf(manager, ownerId, kept);
  const urls = new TrackedUrlRepository(manager);
  const rows = kept.flatMap(({ address, sku }) => {
    const productId = sku === null ? others.get(address.url) : bySku.get(sku);
    const isNew = productId !== undefined && !known.byUrl.has(address.url);
    return isNew ? [{ ...address, ownerId, productId, storeId: stores.get(address.host) ?? '' }] : [];
  });
  await urls.insertAll(rows, new Date(context.clock()));
  await recordItems(context, manager, ownerId, kept);
  const created = listings.filter(({ isNew }) => isNew).length + others.size;
  return { found: kept.length, created, isFull: kept.length < items.length };
}

async function recordItems(
  context: PriceTrackingContext,
  manager: EntityManager,
  ownerId: string,
  items: readonly FoundItem[],
): Promise<void> {
  const checks = new Map(items.flatMap(({ address, check }) => (check ? [[address.url, check] as const] : [])));
  const pages = await new TrackedUrlRepository(manager).listKnown(ownerId, [...checks.keys()]);
  await recordChecks(
    context,
    manager,
    pages.flatMap(({ id, url }) => {
      const check = checks.get(url);
      return check ? [{ urlId: id, check }] : [];
    }),
  );
}
