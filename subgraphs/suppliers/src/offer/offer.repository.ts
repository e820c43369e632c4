import { readQuickly } from '@gastronom/shared/database/read-quickly';
import { selectQuickly } from '@gastronom/shared/database/select-rows';
import type { Viewer } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import { seesAllOffers } from '../supplier/supplier-access.ts';
import { OfferEntity } from './offer.entity.ts';

/** Which offers to list. */
export interface OfferSearch {
  readonly supplierId?: string | undefined;
  /** What the name contains, as a pattern for ILIKE; or the supplier's own code, as it is. */
  readonly like?: string | undefined;
  readonly text?: string | undefined;
  /** One number, in each of the ways that it can be written. */
  readonly gtins?: readonly string[] | undefined;
  readonly productSku?: string | undefined;
}

/** A place in the list by name. */
export interface OfferPlace {
  readonly name: string;
  readonly id: string;
}

/** More suppliers do not offer one good. */
const mostOfOneProduct = 100;

const columns = `o.id, o.supplier_id AS "supplierId", o.supplier_sku AS "supplierSku", o.product_sku AS "productSku", o.gtin,
  o.name, o.description, o.unit, o.base_unit AS "baseUnit", o.pack_size AS "packSize", o.multiple,
  o.minimum_quantity AS "minimumQuantity", o.tax_rate AS "taxRate", o.tax_included AS "taxIncluded",
  o.catch_weight AS "catchWeight", o.lead_time_days AS "leadTimeDays", o.is_available AS "isAvailable", o.stock,
  o.availability_until AS "availabilityUntil", o.image_url AS "imageUrl", o.created_at AS "createdAt",
  o.updated_at AS "updatedAt", o.removed_at AS "removedAt"`;

/** The organization whose offers alone the viewer sees; null for one who sees each supplier's. */
const onlyOf = (viewer: Viewer): string | null =>
  seesAllOffers(viewer) || viewer.kind !== 'user' ? null : (viewer.organization?.id ?? null);

export class OfferRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Removed ones too: orders point at them. */
  listByIds(ids: readonly string[]): Promise<OfferEntity[]> {
    return ids.length === 0
      ? Promise.resolve([])
      : selectQuickly(this.#manager, OfferEntity, 'WHERE id = ANY($1::uuid[])', [ids]);
  }

  /** Locked until the transaction ends. */
  lock(id: string): Promise<OfferEntity | null> {
    return this.#manager.findOne(OfferEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  /** Notes that an offer was spoken of, so that a batch from before it that comes later is known to be late. */
  async markObserved(id: string, at: Date): Promise<void> {
    await this.#manager.query(
      'UPDATE offers SET observed_at = $2 WHERE id = $1 AND (observed_at IS NULL OR observed_at < $2)',
      [id, at],
    );
  }

  /** What suppliers that trade offer of the goods, as far as the viewer sees it: nothing, for people who shop for themselves. */
  async listOfProducts(skus: readonly string[], viewer: Viewer): Promise<OfferEntity[]> {
    const own = onlyOf(viewer);
    if (own === null && !seesAllOffers(viewer)) return [];
    return readQuickly(
      this.#manager,
      `SELECT offer.* FROM unnest($1::text[]) AS wanted (sku)
       CROSS JOIN LATERAL (
         SELECT ${columns} FROM offers o JOIN suppliers s ON s.id = o.supplier_id
         WHERE o.product_sku = wanted.sku AND o.removed_at IS NULL AND s.is_active
           AND ($2::uuid IS NULL OR s.organization_id = $2::uuid)
         ORDER BY o.id LIMIT ${mostOfOneProduct}
       ) AS offer`,
      [skus, own],
    );
  }

  /** By name, from behind the one at the cursor. Restaurants see what suppliers that trade offer. */
  list(search: OfferSearch, viewer: Viewer, size: number, after?: OfferPlace): Promise<OfferEntity[]> {
    const { supplierId, like, text, gtins, productSku } = search;
    return this.#manager.query(
      `SELECT ${columns} FROM offers o JOIN suppliers s ON s.id = o.supplier_id
       WHERE o.removed_at IS NULL AND (s.is_active OR s.organization_id = $1::uuid)
         AND ($1::uuid IS NULL OR s.organization_id = $1::uuid) AND ($2::uuid IS NULL OR o.supplier_id = $2::uuid)
         AND ($3::text IS NULL OR o.name ILIKE $3 OR o.supplier_sku = $4) AND ($5::text[] IS NULL OR o.gtin = ANY($5))
         AND ($6::text IS NULL OR o.product_sku = $6)
         AND ($7::text IS NULL OR (lower(o.name) COLLATE "C", o.id) > (lower($7::text) COLLATE "C", $8::uuid))
       ORDER BY lower(o.name) COLLATE "C", o.id LIMIT $9`,
      [
        ...[onlyOf(viewer), supplierId ?? null, like ?? null, text ?? null, gtins ?? null, productSku ?? null],
        ...[after?.name ?? null, after?.id ?? null, size],
      ],
    );
  }
}
