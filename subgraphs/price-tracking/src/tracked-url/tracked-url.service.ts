import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { PriceTrackingContext } from '../context.ts';
import { ownsRow } from '../ownership.ts';
import { rebuildPriceCaches } from '../price-cache/rebuild-price-caches.ts';
import { tellMarketOf } from '../product/tell-market-of.ts';
import { requestRefresh } from '../refresh/refresh-urls.ts';
import { ensureStoreFor } from '../store/ensure-store.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProductRepository } from '../tracked-product/tracked-product.repository.ts';
import { readAddress } from './read-address.ts';
import type { TrackedUrlEntity } from './tracked-url.entity.ts';
import { trackedUrlError } from './tracked-url.errors.ts';
import type { AddTrackedUrlInput, UpdateTrackedUrlInput } from './tracked-url.inputs.ts';
import { TrackedUrlRepository } from './tracked-url.repository.ts';

/** Of one product. */
export const mostUrls = 200;

interface UrlAnswer {
  readonly trackedUrl: TrackedUrlEntity | null;
  readonly userErrors: readonly UserError[];
}

interface DeletionAnswer {
  readonly deletedTrackedUrlId: string | null;
  readonly product: TrackedProductEntity | null;
  readonly userErrors: readonly UserError[];
}

const refused = (error: UserError, trackedUrl: TrackedUrlEntity | null = null): UrlAnswer => ({
  trackedUrl,
  userErrors: [error],
});
const notFound = (...path: string[]) =>
  trackedUrlError('NOT_FOUND', path, 'There is no such product or page of yours.');
const path = ['input', 'url'];

/** Adds pages to products, and changes and deletes them. Each locks the product first. */
export class TrackedUrlService {
  readonly #context: PriceTrackingContext;

  constructor(context: PriceTrackingContext) {
    this.#context = context;
  }

  async add({ productId, url, isPrimary }: AddTrackedUrlInput): Promise<UrlAnswer> {
    const address = readAddress(this.#context, url);
    if ('reason' in address) return refused(trackedUrlError(address.reason, path, address.message));
    return inTransaction(this.#context.manager, async (manager) => {
      const product = await this.#lockProduct(manager, productId);
      if (!product) return refused(notFound('input', 'productId'));
      const urls = new TrackedUrlRepository(manager);
      if ((await urls.countOf(product.id)) >= mostUrls)
        return refused(trackedUrlError('TOO_MANY', path, `A product has at most ${mostUrls} pages.`));
      const { ownerId } = product;
      const store = await ensureStoreFor(manager, ownerId, address.url);
      const row = { ...address, ownerId, productId: product.id, storeId: store.id };
      const [made] = await urls.insertAll([row], new Date(this.#context.clock()));
      if (!made) {
        const [known] = await urls.listKnown(ownerId, [address.url]);
        return refused(trackedUrlError('DUPLICATE', path, 'You watch this page already.'), known);
      }
      if (isPrimary) await urls.setPrimary(made);
      await requestRefresh(this.#context, manager, { urlIds: [made.id] });
      return { trackedUrl: await this.#read(urls, made.id), userErrors: [] };
    });
  }

  update({ id, isActive, isPrimary }: UpdateTrackedUrlInput): Promise<UrlAnswer> {
    return inTransaction(this.#context.manager, async (manager) => {
      const urls = new TrackedUrlRepository(manager);
      const known = await this.#lock(manager, id);
      if (!known) return refused(notFound('input', 'id'));
      if (typeof isActive === 'boolean') await this.#setActive(manager, known, isActive);
      if (isPrimary) await urls.setPrimary(known);
      return { trackedUrl: await this.#read(urls, known.id), userErrors: [] };
    });
  }

  async #setActive(manager: EntityManager, { id, productId }: TrackedUrlEntity, isActive: boolean): Promise<void> {
    await new TrackedUrlRepository(manager).setActive(id, isActive, new Date(this.#context.clock()));
    const products = await new TrackedProductRepository(manager).byIds([productId]);
    await tellMarketOf(this.#context.jobs, manager, ...products);
  }

  /** The oldest page that is left stands for the product then. */
  delete(id: string): Promise<DeletionAnswer> {
    return inTransaction(this.#context.manager, async (manager) => {
      const urls = new TrackedUrlRepository(manager);
      const known = await this.#lock(manager, id);
      if (!known) return { deletedTrackedUrlId: null, product: null, userErrors: [notFound('id')] };
      await urls.delete(known.id);
      await urls.ensurePrimary([known.productId]);
      await rebuildPriceCaches(manager, [known.productId], new Date(this.#context.clock()));
      const [product = null] = await new TrackedProductRepository(manager).byIds([known.productId]);
      await tellMarketOf(this.#context.jobs, manager, product);
      return { deletedTrackedUrlId: known.id, product, userErrors: [] };
    });
  }

  /** A page of the viewer's whose product is locked: it is read again behind the lock. */
  async #lock(manager: EntityManager, id: string): Promise<TrackedUrlEntity | null> {
    const urls = new TrackedUrlRepository(manager);
    const [seen] = isUUID(id) ? await urls.byIds([id]) : [];
    const product = seen && (await this.#lockProduct(manager, seen.productId));
    const [known = null] = product ? await urls.byIds([seen.id]) : [];
    return known;
  }

  async #lockProduct(manager: EntityManager, id: string): Promise<TrackedProductEntity | null> {
    const [product] = isUUID(id) ? await new TrackedProductRepository(manager).lock([id]) : [];
    return product && ownsRow(this.#context.viewer, product) ? product : null;
  }

  async #read(urls: TrackedUrlRepository, id: string): Promise<TrackedUrlEntity | null> {
    const [row = null] = await urls.byIds([id]);
    return row;
  }
}
