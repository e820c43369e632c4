import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { PriceTrackingContext } from '../context.ts';
import { ownsRow } from '../ownership.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProductRepository } from '../tracked-product/tracked-product.repository.ts';
import { isTagName, longestTag, mostTags, mostTagsOfProduct } from '../tracked-product/tracked-product.rules.ts';
import type { TagEntity } from './tag.entity.ts';
import { tagError } from './tag.errors.ts';
import { TagRepository } from './tag.repository.ts';

interface ProductAnswer {
  readonly product: TrackedProductEntity | null;
  readonly userErrors: readonly UserError[];
}

interface TagAnswer {
  readonly tag: TagEntity | null;
  readonly userErrors: readonly UserError[];
}

const noProduct = tagError('NOT_FOUND', ['productId'], 'There is no such tracked product of yours.');
const noTag = tagError('NOT_FOUND', ['id'], 'There is no such tag of yours.');
const badName = (field: string) => tagError('BAD_NAME', [field], `A tag has 1 to ${longestTag} characters.`);
const tooMany = (message: string) => tagError('TOO_MANY', ['names'], message);

const refusedProduct = (error: UserError): ProductAnswer => ({ product: null, userErrors: [error] });
const refusedTag = (error: UserError): TagAnswer => ({ tag: null, userErrors: [error] });

/** Puts tags on products and takes them off, and changes the tags themselves. */
export class TagService {
  readonly #context: PriceTrackingContext;

  constructor(context: PriceTrackingContext) {
    this.#context = context;
  }

  async tag(productId: string, names: readonly string[]): Promise<ProductAnswer> {
    if (names.length > mostTagsOfProduct)
      return refusedProduct(tooMany(`A product has at most ${mostTagsOfProduct} tags.`));
    if (!names.every(isTagName)) return refusedProduct(badName('names'));
    return this.#change(productId, async (tags, product) => {
      const kept = await tags.listOfProducts([product.id]);
      if (kept.length + names.length > mostTagsOfProduct)
        return tooMany(`A product has at most ${mostTagsOfProduct} tags.`);
      if ((await tags.countOf(product.ownerId)) + names.length > mostTags)
        return tooMany(`There are at most ${mostTags} tags.`);
      const ids = await tags.ensure(
        product.ownerId,
        names.map((name) => name.trim()),
      );
      await tags.add(product.id, ids);
      return null;
    });
  }

  /** Tags that it does not have are no error: it is without them. */
  untag(productId: string, tagIds: readonly string[]): Promise<ProductAnswer> {
    return this.#change(productId, async (tags, product) => {
      await tags.remove(product.id, tagIds.filter(isUUID));
      return null;
    });
  }

  async rename(id: string, name: string): Promise<TagAnswer> {
    if (!isTagName(name)) return refusedTag(badName('name'));
    return inTransaction(this.#context.manager, async (manager) => {
      const tags = new TagRepository(manager);
      const tag = await this.#find(tags, id);
      if (!tag) return refusedTag(noTag);
      await tags.lockOwner(tag.ownerId);
      if (!(await tags.rename(tag, name.trim())))
        return refusedTag(tagError('NAME_TAKEN', ['name'], 'Another tag of yours has this name.'));
      return { tag: { ...tag, name: name.trim() }, userErrors: [] };
    });
  }

  async delete(id: string): Promise<{ deletedTagId: string | null; userErrors: readonly UserError[] }> {
    const tags = new TagRepository(this.#context.manager);
    const tag = await this.#find(tags, id);
    if (!tag) return { deletedTagId: null, userErrors: [noTag] };
    await tags.delete(tag.id);
    return { deletedTagId: tag.id, userErrors: [] };
  }

  async #find(tags: TagRepository, id: string): Promise<TagEntity | null> {
    const tag = isUUID(id) ? await tags.find(id) : null;
    return tag && ownsRow(this.#context.viewer, tag) ? tag : null;
  }

  #change(
    productId: string,
    change: (tags: TagRepository, product: TrackedProductEntity) => Promise<UserError | null>,
  ): Promise<ProductAnswer> {
    return inTransaction(this.#context.manager, async (manager: EntityManager) => {
      const [product] = isUUID(productId) ? await new TrackedProductRepository(manager).lock([productId]) : [];
      if (!product || !ownsRow(this.#context.viewer, product)) return refusedProduct(noProduct);
      const tags = new TagRepository(manager);
      await tags.lockOwner(product.ownerId);
      const problem = await change(tags, product);
      return problem ? refusedProduct(problem) : { product, userErrors: [] };
    });
  }
}
