import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import { ensureTargetAlert } from '../alert/ensure-target-alert.ts';
import { requestLinks } from '../catalogue-link/suggest-catalogue-links.definition.ts';
import type { PriceTrackingContext } from '../context.ts';
import { ownerOf, ownsRow } from '../ownership.ts';
import { tellMarketOf } from '../product/tell-market-of.ts';
import { TagRepository } from '../tag/tag.repository.ts';
import type { TrackedProductEntity } from './tracked-product.entity.ts';
import { trackedProductError } from './tracked-product.errors.ts';
import type {
  CreateTrackedProductInput,
  TrackedProductWish,
  UpdateTrackedProductInput,
} from './tracked-product.inputs.ts';
import { TrackedProductRepository } from './tracked-product.repository.ts';
import { contentProblems, mostProducts, mostTags, problemsOf, tidyName, valuesOf } from './tracked-product.rules.ts';

export interface ProductAnswer {
  readonly product: TrackedProductEntity | null;
  readonly userErrors: readonly UserError[];
}

const refused = (...userErrors: UserError[]): ProductAnswer => ({ product: null, userErrors });
const noProduct = (path: string[]) =>
  trackedProductError('NOT_FOUND', path, 'There is no such tracked product of yours.');

/** Makes, changes and deletes what people watch. */
export class TrackedProductService {
  readonly #context: PriceTrackingContext;

  constructor(context: PriceTrackingContext) {
    this.#context = context;
  }

  create(input: CreateTrackedProductInput): Promise<ProductAnswer> {
    const ownerId = ownerOf(this.#context.viewer);
    const values = { ...valuesOf(input), name: tidyName(input.name), ownerId };
    const problems = [...problemsOf(input), ...contentProblems(values)];
    if (problems.length > 0) return Promise.resolve(refused(...problems));
    return inTransaction(this.#context.manager, async (manager) => {
      const problem = (await this.#isFull(manager, ownerId)) ?? (await tagsFull(manager, ownerId, input));
      if (problem) return refused(problem);
      const product = await new TrackedProductRepository(manager).insert(values);
      await requestLinks(this.#context.jobs, manager, [product]);
      if (product.targetPrice != null) await ensureTargetAlert(manager, product.id);
      await setTags(manager, product, input);
      return { product, userErrors: [] };
    });
  }

  update({ id, ...wish }: UpdateTrackedProductInput): Promise<ProductAnswer> {
    const values = valuesOf(wish);
    const problems = problemsOf(wish);
    if (problems.length > 0) return Promise.resolve(refused(...problems));
    return inTransaction(this.#context.manager, async (manager) => {
      const known = await this.#lock(manager, id);
      if (!known) return refused(noProduct(['input', 'id']));
      const clash = contentProblems({ ...known, ...values });
      if (clash.length > 0) return refused(...clash);
      const full = await tagsFull(manager, known.ownerId, wish);
      if (full) return refused(full);
      const isRelabelled = values.gtin !== undefined && values.gtin !== known.gtin;
      const forgotten = isRelabelled ? { suggestedSku: null, rejectedSku: null } : {};
      const product = await new TrackedProductRepository(manager).update(known.id, { ...values, ...forgotten });
      if (known.targetPrice === null && product.targetPrice !== null) await ensureTargetAlert(manager, product.id);
      await setTags(manager, product, wish);
      if (isRelabelled) await requestLinks(this.#context.jobs, manager, [product]);
      return { product, userErrors: [] };
    });
  }

  /** All that hangs on it goes in the same transaction. Who writes prices locks the product too, and then misses it. */
  delete(id: string): Promise<{ deletedTrackedProductId: string | null; userErrors: readonly UserError[] }> {
    const { manager, viewer, jobs } = this.#context;
    return inTransaction(manager, async (transaction) => {
      const known = await this.#lock(transaction, id);
      if (!known) return { deletedTrackedProductId: null, userErrors: [noProduct(['id'])] };
      await new TrackedProductRepository(transaction).delete(known.id);
      await tellMarketOf(jobs, transaction, known);
      if (viewer.kind === 'user' && viewer.userId !== known.ownerId)
        await recordAudit(jobs, transaction, this.#context, {
          action: 'tracked-product.delete',
          subject: { type: 'TrackedProduct', id: known.id },
          before: { ownerId: known.ownerId },
        });
      return { deletedTrackedProductId: known.id, userErrors: [] };
    });
  }

  async #lock(manager: EntityManager, id: string): Promise<TrackedProductEntity | null> {
    const [known] = isUUID(id) ? await new TrackedProductRepository(manager).lock([id]) : [];
    return known && ownsRow(this.#context.viewer, known) ? known : null;
  }

  async #isFull(manager: EntityManager, ownerId: string): Promise<UserError | null> {
    const count = await new TrackedProductRepository(manager).countOf(ownerId);
    return count < mostProducts
      ? null
      : trackedProductError('TOO_MANY', ['input'], `At most ${mostProducts} products are watched.`);
  }
}

async function tagsFull(
  manager: EntityManager,
  ownerId: string,
  { tags }: TrackedProductWish,
): Promise<UserError | null> {
  if (!tags?.length) return null;
  const repository = new TagRepository(manager);
  await repository.lockOwner(ownerId);
  return (await repository.countOf(ownerId)) + tags.length > mostTags
    ? trackedProductError('TOO_MANY', ['input', 'tags'], `There are at most ${mostTags} tags.`)
    : null;
}

async function setTags(
  manager: EntityManager,
  product: TrackedProductEntity,
  { tags }: TrackedProductWish,
): Promise<void> {
  if (tags === undefined) return;
  const repository = new TagRepository(manager);
  const names = (tags ?? []).map(tidyName);
  await repository.replace(product.id, names.length === 0 ? [] : await repository.ensure(product.ownerId, names));
}
