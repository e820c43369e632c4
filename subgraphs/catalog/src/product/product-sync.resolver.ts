import { inTransaction } from '@gastronom/shared/database/transaction';
import { tellLive } from '@gastronom/shared/live';
import { Json } from '@gastronom/shared/scalars';
import { Arg, Ctx, Directive, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { CategoryResult } from '../category/category-sync.ts';
import type { CatalogContext } from '../context.ts';
import { publishOfferChanges } from './product-offer-changed.event.ts';
import { type BufferGoods, ProductSnapshotRepository, type SnapshotCounts } from './product-snapshot.repository.ts';
import { readCategoryBatch, readProductBatch, readProductKeys, readProductSnapshot } from './product-sync.inputs.ts';
import { ProductSyncRepository } from './product-sync.repository.ts';
import { type KeyMatch, ProductSyncService, type RowResult } from './product-sync.service.ts';

/** What integrations and inventory ask of the catalogue. */
@Resolver()
export class ProductSyncResolver {
  @Directive('@inaccessible')
  @Mutation(() => Json, {
    description:
      'Applies up to 1,000 goods as 1C was seen to have them. Answers, in the order of the rows, `{index, sku, barcode, productId, created, outcome, formerSku?, errors}`. For integrations.',
  })
  applyProducts(
    @Ctx() context: CatalogContext,
    @Arg('batch', () => Json, {
      description:
        '`{source, runId, observedAt, actor, rows, rejected?: [{sku, barcode}]}`: goods of rejected rows count as mentioned.',
    })
    batch: unknown,
  ): Promise<RowResult[]> {
    return new ProductSyncService(context).apply(readProductBatch(batch));
  }

  @Directive('@inaccessible')
  @Mutation(() => Json, {
    description:
      'Brings up to 1,000 categories to what 1C says. Matched by external id, else by path; a known id with another path moves the category. Answers `{index, sku: null, categoryId, outcome, errors}` for each. For integrations.',
  })
  applyCategories(
    @Ctx() context: CatalogContext,
    @Arg('batch', () => Json, {
      description: '`{source, runId, observedAt, actor, rows: [{index, path, externalId?, sortOrder?}]}`.',
    })
    batch: unknown,
  ): Promise<CategoryResult[]> {
    return new ProductSyncService(context).applyCategories(readCategoryBatch(batch));
  }

  @Directive('@inaccessible')
  @Mutation(() => Json, {
    description:
      'Hides the goods of a source that a complete run did not mention, or only counts them: `{total, missing, hidden}`. For integrations.',
  })
  async applyProductSnapshot(
    @Ctx() { manager, jobs, broadcast }: CatalogContext,
    @Arg('input', () => Json, {
      description: '`{runId, source, observedAt, actor, dryRun, keep?}`: `keep` are SKUs and barcodes to leave alone.',
    })
    input: unknown,
  ): Promise<SnapshotCounts> {
    const snapshot = readProductSnapshot(input);
    const { hidden, counts } = await inTransaction(manager, async (transaction) => {
      await new ProductSyncRepository(transaction).lock();
      const { hiddenSkus, ...counts } = await new ProductSnapshotRepository(transaction).hideMissing(snapshot);
      await publishOfferChanges(jobs, transaction, hiddenSkus);
      return { hidden: hiddenSkus, counts };
    });
    tellLive(broadcast, 'listing', hidden);
    return counts;
  }

  @Directive('@inaccessible')
  @Query(() => Json, {
    description:
      'Tells which goods rows mean, as a sync would match them: `{sku, known, error}` for each. For integrations.',
  })
  matchProducts(
    @Ctx() context: CatalogContext,
    @Arg('rows', () => Json, { description: '`[{sku, barcode}]`, at most 10,000.' }) rows: unknown,
  ): Promise<KeyMatch[]> {
    return new ProductSyncService(context).match(readProductKeys(rows));
  }

  @Directive('@inaccessible')
  @Query(() => Json, {
    description:
      'Goods that are not hidden, in the order of their skus: `{sku, isAvailable, categoryPath}`. For inventory.',
  })
  goodsForBuffers(
    @Ctx() { manager }: CatalogContext,
    @Arg('limit', () => Int, { description: 'How many, at most 10,000.' }) limit: number,
    @Arg('after', () => String, { nullable: true, description: 'The sku to read on from.' }) after?: string | null,
  ): Promise<BufferGoods[]> {
    return new ProductSnapshotRepository(manager).listForBuffers(after ?? null, Math.min(Math.max(limit, 0), 10_000));
  }

  @Directive('@inaccessible')
  @Query(() => Json, {
    description:
      'What the catalogue says of goods that bears on their stock: `{sku, isAvailable, categoryPath}` for each that it knows, in the order of their skus. For inventory.',
  })
  goodsForStock(
    @Ctx() { manager }: CatalogContext,
    @Arg('skus', () => [String], { description: '1C’s nomenclature codes, at most 10,000.' }) skus: string[],
  ): Promise<BufferGoods[]> {
    return new ProductSnapshotRepository(manager).listForStock(skus.slice(0, 10_000));
  }
}
