import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import { type UserError, userError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { CatalogContext } from '../context.ts';
import type { ProductEntity } from './product.entity.ts';
import { ProductRepository } from './product.repository.ts';
import { publishOfferChanges } from './product-offer-changed.event.ts';
import { ProductShopRepository, type ShopColumns } from './product-shop.repository.ts';
import { ProductSyncRepository } from './product-sync.repository.ts';

export interface ShopAnswer {
  readonly product: ProductEntity | null;
  readonly userErrors: UserError[];
}

/** What a decision about one product comes to: columns to write, or what is wrong with the input. */
export type ShopDecision = (product: ProductEntity) => ShopColumns | UserError[];

/** Keeps what the shop says of its goods; syncs never touch it. */
export class ProductShopService {
  readonly #manager: EntityManager;
  readonly #jobs: JobQueue;

  constructor({ manager, jobs }: Pick<CatalogContext, 'manager' | 'jobs'>) {
    this.#manager = manager;
    this.#jobs = jobs;
  }

  /** Applies a decision to one product, or changes nothing and says why. */
  async set(productId: string, decide: ShopDecision): Promise<ShopAnswer> {
    const product = await this.#find(this.#manager, productId);
    if (!product) {
      const missing = userError('NOT_FOUND', ['input', 'productId'], 'There is no such product.');
      return { product: null, userErrors: [missing] };
    }
    const decision = decide(product);
    if (Array.isArray(decision)) return { product: null, userErrors: decision };
    return inTransaction(this.#manager, async (manager) => {
      // A new name teaches the search new words, as syncs do: with their lock, neither waits for the other in a circle.
      if (decision.name_override !== undefined) await new ProductSyncRepository(manager).lock();
      const changed = await new ProductShopRepository(manager).update(product.id, decision);
      if (decision.switched_on !== undefined) await publishOfferChanges(this.#jobs, manager, changed);
      return { product: await this.#find(manager, product.id), userErrors: [] };
    });
  }

  async #find(manager: EntityManager, id: string): Promise<ProductEntity | null> {
    if (!isUUID(id)) return null;
    const [product] = await new ProductRepository(manager).listByIds([id]);
    return product ?? null;
  }
}
