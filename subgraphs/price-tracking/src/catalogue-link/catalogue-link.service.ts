import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import { storable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { PriceTrackingContext } from '../context.ts';
import { ownsRow } from '../ownership.ts';
import { tellMarketOf } from '../product/tell-market-of.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { type LinkValues, TrackedProductRepository } from '../tracked-product/tracked-product.repository.ts';
import { CatalogueClient } from './catalogue.client.ts';
import { catalogueLinkError } from './catalogue-link.errors.ts';
import { CatalogueLinkRepository } from './catalogue-link.repository.ts';

interface LinkAnswer {
  readonly product: TrackedProductEntity | null;
  readonly userErrors: readonly UserError[];
}

const batchSize = 1_000;

const refused = (error: UserError): LinkAnswer => ({ product: null, userErrors: [error] });
const noProduct = catalogueLinkError('NOT_FOUND', ['productId'], 'There is no such tracked product of yours.');

/** Says which goods of the catalogue a tracked product is. A barcode suggests; a person decides. */
export class CatalogueLinkService {
  readonly #context: PriceTrackingContext;

  constructor(context: PriceTrackingContext) {
    this.#context = context;
  }

  async confirm(productId: string, given: string | null): Promise<LinkAnswer> {
    const [seen] = isUUID(productId)
      ? await new TrackedProductRepository(this.#context.manager).byIds([productId])
      : [];
    if (!seen || !ownsRow(this.#context.viewer, seen)) return refused(noProduct);
    const sku = given === null ? seen.suggestedSku : storable(given);
    if (!sku)
      return refused(catalogueLinkError('NO_SUGGESTION', ['sku'], 'Nothing is suggested: say which goods it is.'));
    if (!(await new CatalogueClient(this.#context).knows(sku)))
      return refused(catalogueLinkError('UNKNOWN_SKU', ['sku'], 'The catalogue has no such goods.'));
    return this.#change(productId, 'confirm', (known) => ({
      catalogueSku: sku,
      suggestedSku: null,
      rejectedSku: known.rejectedSku === sku ? null : known.rejectedSku,
      ...this.#signature(),
    }));
  }

  /** A link, or else a suggestion, is taken away and not suggested again. */
  remove(productId: string): Promise<LinkAnswer> {
    return this.#change(productId, 'remove', ({ catalogueSku, suggestedSku }) => {
      const rejectedSku = catalogueSku ?? suggestedSku;
      if (rejectedSku === null) return catalogueLinkError('NOT_LINKED', ['productId'], 'It is linked with nothing.');
      const unsigned = { linkedBy: null, linkedAt: null, countsForMarket: false };
      return { catalogueSku: null, suggestedSku: null, rejectedSku, ...unsigned };
    });
  }

  /** Asks the catalogue for goods with the barcodes of products that nobody has linked: those named, or all. */
  async suggest(productIds: readonly string[] | null, signal: AbortSignal): Promise<void> {
    const links = new CatalogueLinkRepository(this.#context.manager);
    let after: string | null = null;
    do {
      signal.throwIfAborted();
      const products = await links.listUnlinked(productIds, batchSize, after);
      const skus = await new CatalogueClient(this.#context).matchBarcodes(products.map(({ gtin }) => gtin));
      if (products.length > 0) await links.suggest(products, skus);
      after = products.length < batchSize ? null : (products.at(-1)?.id ?? null);
    } while (after !== null);
  }

  /** Who linked it. What staff say counts for the market: others’ goods may be anything. */
  #signature(): Pick<LinkValues, 'linkedBy' | 'linkedAt' | 'countsForMarket'> {
    const { viewer, clock } = this.#context;
    const linkedBy = viewer.kind === 'user' ? viewer.userId : null;
    return { linkedBy, linkedAt: new Date(clock()), countsForMarket: isStaff(viewer) };
  }

  #change(
    productId: string,
    act: 'confirm' | 'remove',
    change: (known: TrackedProductEntity) => Partial<LinkValues> | UserError,
  ): Promise<LinkAnswer> {
    return inTransaction(this.#context.manager, async (manager) => {
      const products = new TrackedProductRepository(manager);
      const [known] = isUUID(productId) ? await products.lock([productId]) : [];
      if (!known || !ownsRow(this.#context.viewer, known)) return refused(noProduct);
      const values = change(known);
      if ('code' in values) return refused(values);
      const product = await products.update(known.id, values);
      await this.#audit(manager, act, known, product);
      await tellMarketOf(this.#context.jobs, manager, known, product);
      return { product, userErrors: [] };
    });
  }

  /** What moves the price of the market is written down. */
  async #audit(
    manager: EntityManager,
    act: string,
    before: TrackedProductEntity,
    after: TrackedProductEntity,
  ): Promise<void> {
    if (!before.countsForMarket && !after.countsForMarket) return;
    const shown = ({ catalogueSku, countsForMarket }: TrackedProductEntity) => ({ catalogueSku, countsForMarket });
    await recordAudit(this.#context.jobs, manager, this.#context, {
      action: `catalogue-link.${act}`,
      subject: { type: 'TrackedProduct', id: after.id },
      before: shown(before),
      after: shown(after),
    });
  }
}

const isStaff = (viewer: PriceTrackingContext['viewer']): boolean =>
  viewer.kind === 'user' && (viewer.role === 'STAFF' || viewer.role === 'ADMIN');
