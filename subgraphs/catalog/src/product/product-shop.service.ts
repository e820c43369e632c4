import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import { tellLive } from '@gastronom/shared/live';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { CatalogContext } from '../context.ts';
import type { ProductEntity } from './product.entity.ts';
import { ProductRepository } from './product.repository.ts';
import { publishOfferChanges } from './product-offer-changed.event.ts';
import { shopError } from './product-shop.errors.ts';
import { ProductShopRepository, type ShopChange, type ShopColumns } from './product-shop.repository.ts';
import { ProductSyncRepository } from './product-sync.repository.ts';

export interface ShopAnswer {
  readonly product: ProductEntity | null;
  readonly userErrors: UserError[];
}

/** What a decision about one product comes to: columns to write, or what is wrong with the input. */
export type ShopDecision = (product: ProductEntity) => ShopColumns | UserError[];

/** The mutations, as the audit log names them. */
export type ShopAction = 'availability.set' | 'tags.set' | 'image-order.set' | 'overrides.set';

const differing = ({ before, after }: ShopChange): string[] =>
  Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));

const only = (values: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, values[name]]));

/** Keeps what the shop says of its goods; syncs never touch it. */
export class ProductShopService {
  readonly #context: CatalogContext;

  constructor(context: CatalogContext) {
    this.#context = context;
  }

  /** Applies a decision to one product, or changes nothing and says why. */
  async set(action: ShopAction, productId: string, decide: ShopDecision): Promise<ShopAnswer> {
    const { manager: anyManager, jobs, broadcast } = this.#context;
    const product = await this.#find(anyManager, productId);
    if (!product) {
      const missing = shopError('NOT_FOUND', ['input', 'productId'], 'There is no such product.');
      return { product: null, userErrors: [missing] };
    }
    const decision = decide(product);
    if (Array.isArray(decision)) return { product: null, userErrors: decision };
    const changed: string[] = [];
    const answer = await inTransaction(anyManager, async (manager) => {
      // A new name teaches the search new words, as syncs do: with their lock, neither waits for the other in a circle.
      if (decision.name_override !== undefined) await new ProductSyncRepository(manager).lock();
      const change = await new ProductShopRepository(manager).update(product.id, decision);
      if (change) changed.push(change.sku);
      if (change) await this.#record(manager, action, product.id, change);
      if (change && decision.switched_on !== undefined) await publishOfferChanges(jobs, manager, [change.sku]);
      return { product: await this.#find(manager, product.id), userErrors: [] };
    });
    tellLive(broadcast, 'listing', changed);
    return answer;
  }

  #record(manager: EntityManager, action: ShopAction, id: string, change: ShopChange): Promise<void> {
    const names = differing(change);
    return recordAudit(this.#context.jobs, manager, this.#context, {
      action,
      subject: { type: 'Product', id },
      before: only(change.before, names),
      after: only(change.after, names),
    });
  }

  async #find(manager: EntityManager, id: string): Promise<ProductEntity | null> {
    if (!isUUID(id)) return null;
    const [product] = await new ProductRepository(manager).listByIds([id]);
    return product ?? null;
  }
}
