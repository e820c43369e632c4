import { inTransaction } from '@gastronom/shared/database/transaction';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import { requestLinks } from '../catalogue-link/suggest-catalogue-links.definition.ts';
import type { PageCheck } from '../check/page-check.ts';
import { recordChecks } from '../check/record-checks.ts';
import type { PriceTrackingContext } from '../context.ts';
import { ownerOf } from '../ownership.ts';
import { ensureStoreFor } from '../store/ensure-store.ts';
import { findStoresFor } from '../store/find-stores.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProductRepository } from '../tracked-product/tracked-product.repository.ts';
import { mostProducts, problemsOf, valuesOf } from '../tracked-product/tracked-product.rules.ts';
import type { NormalUrl } from '../tracked-url/normalise-url.ts';
import { readAddress } from '../tracked-url/read-address.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';
import { TrackedUrlRepository } from '../tracked-url/tracked-url.repository.ts';
import { checkInTime } from './check-in-time.ts';
import { type PageRefusalName, refusalOf } from './page-refusal.ts';
import { productOfPage } from './product-of-page.ts';
import { quickAddError } from './quick-add.errors.ts';
import type { QuickAddByUrlInput } from './quick-add.inputs.ts';
import { settledAddress } from './settled-address.ts';

export interface QuickAddAnswer {
  readonly product: TrackedProductEntity | null;
  readonly trackedUrl: TrackedUrlEntity | null;
  readonly isNew: boolean;
  readonly userErrors: readonly UserError[];
}

const path = ['input', 'url'];
const tooSlow = 'The shop had no turn for us in time, or was not done: try again later.';
const refused = (...userErrors: UserError[]): QuickAddAnswer => ({
  product: null,
  trackedUrl: null,
  isNew: false,
  userErrors,
});

/** What may be read on another day. */
const mayBeReadLater: ReadonlySet<PageRefusalName> = new Set(['NO_PRICE', 'BLOCKED', 'FETCH_ERROR']);

/** Begins to watch what a page shows: looks at the page first, and then writes all that belongs to it at once. */
export class QuickAddService {
  readonly #context: PriceTrackingContext;
  readonly #ownerId: string;

  constructor(context: PriceTrackingContext) {
    this.#context = context;
    this.#ownerId = ownerOf(context.viewer);
  }

  async add(input: QuickAddByUrlInput): Promise<QuickAddAnswer> {
    const address = readAddress(this.#context, input.url);
    if ('reason' in address) return refused(quickAddError(address.reason, path, address.message));
    const { name, targetPrice } = input;
    const problems = problemsOf({ name, targetPrice });
    if (problems.length > 0) return refused(...problems);
    const { manager } = this.#context;
    const known = await this.#find(manager, address.url);
    if (known) return known;
    if ((await new TrackedProductRepository(manager).countOf(this.#ownerId)) >= mostProducts)
      return refused(quickAddError('TOO_MANY', ['input'], `At most ${mostProducts} products are watched.`));
    const check = await this.#look(address);
    const refusal = check ? refusalOf(check) : 'FETCH_ERROR';
    if (refusal && !(input.evenWithoutPrice && mayBeReadLater.has(refusal)))
      return refused(quickAddError(refusal, path, check ? (check.error ?? 'The page could not be read.') : tooSlow));
    const settled = settledAddress(address, check);
    const there = settled.url === address.url ? null : await this.#find(manager, settled.url);
    return there ?? inTransaction(manager, (transaction) => this.#write(transaction, settled, check, input));
  }

  async #look({ url, host }: NormalUrl): Promise<PageCheck | null> {
    const stores = await findStoresFor(this.#context.manager, this.#ownerId, [{ url, host }]);
    return checkInTime(this.#context, { url, store: stores.get(host) ?? null });
  }

  async #write(
    manager: EntityManager,
    address: NormalUrl,
    check: PageCheck | null,
    { name, isFavourite, targetPrice }: QuickAddByUrlInput,
  ): Promise<QuickAddAnswer> {
    const { jobs, clock } = this.#context;
    const ownerId = this.#ownerId;
    const products = new TrackedProductRepository(manager);
    const product = await products.insert({
      ...productOfPage(ownerId, address.url, check, name),
      ...valuesOf({ targetPrice, isFavourite }),
    });
    const store = await ensureStoreFor(manager, ownerId, address.url);
    const row = { ...address, ownerId, productId: product.id, storeId: store.id };
    const [made] = await new TrackedUrlRepository(manager).insertAll([row], new Date(clock()));
    if (!made) {
      // Somebody else added the page meanwhile: then nothing is added here.
      await products.delete(product.id);
      return (await this.#find(manager, address.url)) ?? refused();
    }
    if (check) await recordChecks(this.#context, manager, [{ urlId: made.id, check }]);
    await requestLinks(jobs, manager, [product]);
    const [trackedUrl = made] = await new TrackedUrlRepository(manager).byIds([made.id]);
    return { product, trackedUrl, isNew: true, userErrors: [] };
  }

  /** Where the page is watched already. */
  async #find(manager: EntityManager, url: string): Promise<QuickAddAnswer | null> {
    const [trackedUrl] = await new TrackedUrlRepository(manager).listKnown(this.#ownerId, [url]);
    if (!trackedUrl) return null;
    const [product = null] = await new TrackedProductRepository(manager).byIds([trackedUrl.productId]);
    return { product, trackedUrl, isNew: false, userErrors: [] };
  }
}
