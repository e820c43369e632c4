import { inTransaction } from '@gastronom/shared/database/transaction';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import { tellLive } from '@gastronom/shared/live';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { EntityManager } from 'typeorm';
import { CategoryService } from '../category/category.service.ts';
import type { CategoryBatch } from '../category/category-sync.inputs.ts';
import type { CategoryResult } from '../category/category-sync.ts';
import type { CatalogContext } from '../context.ts';
import { type Match, ProductIdentity } from './product-identity.ts';
import { publishOfferChanges } from './product-offer-changed.event.ts';
import type { ProductBatch, ProductKeys } from './product-sync.inputs.ts';
import { ProductSyncRepository, type WrittenProduct } from './product-sync.repository.ts';
import {
  everySku,
  identityError,
  meantSkus,
  type PlannedRow,
  planRows,
  type RowError,
  toWrite,
} from './product-sync-plan.ts';

export type RowOutcome = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'STALE' | 'REJECTED';

export interface RowResult {
  readonly index: number;
  readonly sku: string | null;
  readonly barcode: string | null;
  readonly productId: string | null;
  readonly created: boolean;
  readonly outcome: RowOutcome;
  /** What the goods were called until this row gave them their sku. */
  readonly formerSku?: string;
  readonly errors: readonly RowError[];
}

/** Which goods a row's keys mean. */
export interface KeyMatch {
  readonly sku: string | null;
  readonly known: boolean;
  readonly error: RowError | null;
}

/** For how long a late batch can be told from a new one. */
export const retentionDays = 30;

/** Applies what 1C was seen to have, a batch at a time. */
export class ProductSyncService {
  readonly #manager: EntityManager;
  readonly #jobs: JobQueue;
  readonly #broadcast: Broadcast;

  constructor({ manager, jobs, broadcast }: Pick<CatalogContext, 'manager' | 'jobs' | 'broadcast'>) {
    this.#manager = manager;
    this.#jobs = jobs;
    this.#broadcast = broadcast;
  }

  async apply(batch: ProductBatch): Promise<RowResult[]> {
    const { results, written } = await inTransaction(this.#manager, async (manager) => {
      const products = new ProductSyncRepository(manager);
      await products.lock();
      const { plan, rejectedSkus } = await this.#plan(products, batch);
      const written = await this.#write(manager, products, plan, batch);
      const skus = plan.flatMap(({ sku, action }) => (sku === null || action === 'REJECT' ? [] : [sku]));
      if (!isTooOld(batch)) await products.insertObservation(batch, { skus, rejectedSkus }, retentionDays);
      const offered = written.filter(({ offerChanged }) => offerChanged).map(({ sku }) => sku);
      await publishOfferChanges(this.#jobs, manager, offered);
      return { results: resultsOf(plan, written), written };
    });
    const skus = written.map(({ sku }) => sku);
    tellLive(this.#broadcast, 'listing', skus);
    return results;
  }

  /** Brings the category tree to what 1C says, and with it the names under which goods are found. */
  async applyCategories({ rows }: CategoryBatch): Promise<CategoryResult[]> {
    const results = await inTransaction(this.#manager, async (manager) => {
      const products = new ProductSyncRepository(manager);
      await products.lock();
      const { results, renamedIds } = await new CategoryService(manager).apply(rows);
      // Below another category another buffer may hold.
      await publishOfferChanges(this.#jobs, manager, await products.updateCategoryNames(renamedIds));
      return results;
    });
    const changed = results.filter(({ outcome }) => outcome === 'CREATED' || outcome === 'UPDATED');
    const ids = changed.flatMap(({ categoryId }) => categoryId ?? []);
    tellLive(this.#broadcast, 'category', ids);
    return results;
  }

  /** Which goods the keys mean, as `apply` would match them one by one. */
  async match(rows: readonly ProductKeys[]): Promise<KeyMatch[]> {
    const skus = [...new Set(rows.map(({ sku, barcode }) => sku ?? barcode).filter(isText))];
    const barcodes = [...new Set(rows.map(({ barcode }) => barcode).filter(isText))];
    const identity = new ProductIdentity(await new ProductSyncRepository(this.#manager).listKeys(skus, barcodes));
    return rows.map((row) => keyMatch(identity.match(row)));
  }

  async #plan(
    products: ProductSyncRepository,
    { rows, observedAt }: ProductBatch,
  ): Promise<{ plan: PlannedRow[]; rejectedSkus: string[] }> {
    const skus = [...new Set(rows.map(({ sku, barcode }) => sku ?? barcode).filter(isText))];
    const barcodes = [...new Set(rows.map(({ barcode }) => barcode).filter(isText))];
    const known = await products.listKeys(skus, barcodes);
    const mentioned = new Set([...skus, ...known.map(({ sku }) => sku)]);
    const later = isTooOld({ observedAt }) ? everySku : await products.listObservedLater(observedAt, [...mentioned]);
    const identity = new ProductIdentity(known);
    const plan = planRows(rows, identity, later);
    const refused = plan.filter(({ action }) => action === 'REJECT');
    return { plan, rejectedSkus: refused.flatMap(({ row }) => meantSkus(row, identity)) };
  }

  async #write(
    manager: EntityManager,
    products: ProductSyncRepository,
    plan: readonly PlannedRow[],
    batch: ProductBatch,
  ): Promise<WrittenProduct[]> {
    const rows = plan.filter(({ action }) => action === 'WRITE');
    const paths = rows.flatMap(({ row }) => (row.removed || !row.categoryPath?.length ? [] : [row.categoryPath]));
    const categoryIdOf = await new CategoryService(manager).ensurePaths(paths);
    return products.write(
      rows.map((row) => toWrite(row, categoryIdOf)),
      batch,
    );
  }
}

const isTooOld = ({ observedAt }: Pick<ProductBatch, 'observedAt'>): boolean =>
  Date.parse(observedAt) < Date.now() - retentionDays * 24 * 60 * 60 * 1000;

const isText = (key: string | null | undefined): key is string => Boolean(key);

function keyMatch(match: Match): KeyMatch {
  if (match.kind === 'known') return { sku: match.product.sku, known: true, error: null };
  if (match.kind === 'new') return { sku: match.sku, known: false, error: null };
  return { sku: null, known: false, error: identityError(match) };
}

function resultsOf(plan: readonly PlannedRow[], written: readonly WrittenProduct[]): RowResult[] {
  const bySku = new Map(written.map((product) => [product.sku, product]));
  return plan.map(({ row, sku, productId, formerSku, action, errors }) => {
    const product = action === 'WRITE' && sku !== null ? bySku.get(sku) : undefined;
    return {
      index: row.index,
      sku,
      barcode: row.barcode ?? null,
      productId: product?.id ?? productId,
      created: product?.created ?? false,
      outcome: outcomeOf(action, product),
      ...(formerSku === undefined ? {} : { formerSku }),
      errors,
    };
  });
}

function outcomeOf(action: PlannedRow['action'], product: WrittenProduct | undefined): RowOutcome {
  if (action === 'STALE') return 'STALE';
  if (action === 'REJECT') return 'REJECTED';
  if (!product) return 'UNCHANGED';
  return product.created ? 'CREATED' : 'UPDATED';
}
