import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { PriceTrackingContext } from '../context.ts';
import { ownerOf, ownsRow } from '../ownership.ts';
import { requestRefresh } from '../refresh/refresh-urls.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProductRepository } from '../tracked-product/tracked-product.repository.ts';
import { mostProducts } from '../tracked-product/tracked-product.rules.ts';
import { TrackedUrlRepository } from '../tracked-url/tracked-url.repository.ts';
import type { BulkImportAnswer } from './bulk-import.answer.ts';
import { bulkImportError } from './bulk-import.errors.ts';
import type { BulkImportUrlsInput } from './bulk-import.inputs.ts';
import { type ImportRow, isLeft, readRows, settleRows, skipKnown } from './import-row.ts';
import { lookAtRows } from './look-at-rows.ts';
import { writeRows } from './write-rows.ts';

const mostItems = 500;

const refused = (error: UserError): BulkImportAnswer => ({
  product: null,
  isNewProduct: false,
  created: [],
  skipped: [],
  userErrors: [error],
});
const noProduct = bulkImportError('NOT_FOUND', ['input', 'productId'], 'There is no such tracked product of yours.');

/** Adds many pages to one product: looks at them first, and then writes all that can be watched at once. */
export class BulkImportService {
  readonly #context: PriceTrackingContext;

  constructor(context: PriceTrackingContext) {
    this.#context = context;
  }

  async import(input: BulkImportUrlsInput): Promise<BulkImportAnswer> {
    const { manager } = this.#context;
    if (input.items.length > mostItems)
      return refused(bulkImportError('TOO_MANY', ['input', 'items'], `A call takes at most ${mostItems} addresses.`));
    const product = await this.#seeProduct(input);
    if (input.productId && !product) return refused(noProduct);
    const ownerId = product?.ownerId ?? ownerOf(this.#context.viewer);
    if (!product && (await new TrackedProductRepository(manager).countOf(ownerId)) >= mostProducts)
      return refused(bulkImportError('TOO_MANY', ['input'], `At most ${mostProducts} products are watched.`));

    const rows = readRows(this.#context, input.items);
    await this.#skipKnown(ownerId, rows);
    await lookAtRows(this.#context, ownerId, rows);
    settleRows(rows);
    await this.#skipKnown(ownerId, rows);
    return this.#write(input, ownerId, product, rows);
  }

  async #skipKnown(ownerId: string, rows: readonly ImportRow[]): Promise<void> {
    const addresses = rows.filter(isLeft).map(({ address }) => address.url);
    skipKnown(rows, await new TrackedUrlRepository(this.#context.manager).listKnown(ownerId, addresses));
  }

  /** The product that is named, if it is the viewer's. */
  async #seeProduct({ productId }: BulkImportUrlsInput): Promise<TrackedProductEntity | null> {
    if (!productId || !isUUID(productId)) return null;
    const [product] = await new TrackedProductRepository(this.#context.manager).byIds([productId]);
    return product && ownsRow(this.#context.viewer, product) ? product : null;
  }

  async #write(
    input: BulkImportUrlsInput,
    ownerId: string,
    seen: TrackedProductEntity | null,
    rows: readonly ImportRow[],
  ): Promise<BulkImportAnswer> {
    return inTransaction(this.#context.manager, async (manager) => {
      // Tried again after a deadlock, it begins with what was seen, not with what the last try noted.
      const left = rows.map((row) => ({ ...row }));
      const [known] = seen ? await new TrackedProductRepository(manager).lock([seen.id]) : [];
      if (seen && !known) return refused(noProduct);
      const written = await writeRows(this.#context, manager, {
        ownerId,
        product: known ?? null,
        searchQuery: input.searchQuery ?? null,
        rows: left,
      });
      if (input.enqueueRefresh && written.product) await this.#refresh(manager, written.product, written.readIds);
      const skipped = left.flatMap((row) => row.skipped ?? []);
      const { product, created } = written;
      return { product, isNewProduct: !seen && product !== null, created, skipped, userErrors: [] };
    });
  }

  async #refresh(manager: EntityManager, { id }: TrackedProductEntity, readIds: ReadonlySet<string>): Promise<void> {
    const urls = await new TrackedUrlRepository(manager).listOfProducts([id]);
    const urlIds = urls.map((url) => url.id).filter((urlId) => !readIds.has(urlId));
    await requestRefresh(this.#context, manager, { urlIds });
  }
}
