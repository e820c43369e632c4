import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { OfferEntity } from '../offer/offer.entity.ts';
import { OfferPriceEntity } from '../price/offer-price.entity.ts';
import type { ListPrice } from './offer-row.rules.ts';
import type { OfferPlan } from './plan-offer.ts';

/** A batch that came before. */
export interface EarlierBatch {
  readonly fingerprint: Buffer;
  readonly results: unknown;
}

const upsertSql = `
INSERT INTO offers AS o (supplier_id, supplier_sku, product_sku, gtin, name, description, unit, base_unit, pack_size, multiple,
  minimum_quantity, tax_rate, tax_included, catch_weight, lead_time_days, is_available, stock, availability_until, image_url,
  removed_at, observed_at)
SELECT $1, r."supplierSku", r."productSku", r.gtin, r.name, r.description, r.unit, r."baseUnit", r."packSize", r.multiple,
  r."minimumQuantity", r."taxRate", r."taxIncluded", r."catchWeight", r."leadTimeDays", r."isAvailable", r.stock,
  r."availabilityUntil", r."imageUrl", r."removedAt", r."observedAt"
FROM jsonb_to_recordset($2::jsonb) AS r ("supplierSku" text, "productSku" text, gtin text, name text, description text,
  unit text, "baseUnit" text, "packSize" numeric, multiple numeric, "minimumQuantity" numeric, "taxRate" numeric,
  "taxIncluded" boolean, "catchWeight" boolean, "leadTimeDays" int, "isAvailable" boolean, stock numeric,
  "availabilityUntil" timestamptz, "imageUrl" text, "removedAt" timestamptz, "observedAt" timestamptz)
ON CONFLICT (supplier_id, supplier_sku) DO UPDATE SET
  product_sku = excluded.product_sku, gtin = excluded.gtin, name = excluded.name, description = excluded.description,
  unit = excluded.unit, base_unit = excluded.base_unit, pack_size = excluded.pack_size, multiple = excluded.multiple,
  minimum_quantity = excluded.minimum_quantity, tax_rate = excluded.tax_rate, tax_included = excluded.tax_included,
  catch_weight = excluded.catch_weight, lead_time_days = excluded.lead_time_days, is_available = excluded.is_available,
  stock = excluded.stock, availability_until = excluded.availability_until, image_url = excluded.image_url,
  removed_at = excluded.removed_at, observed_at = excluded.observed_at, updated_at = now()
RETURNING o.supplier_sku AS "supplierSku", o.id`;

const replacePricesSql = `
WITH given AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS r ("offerId" uuid, "fromQuantity" numeric, amount numeric,
    "validFrom" timestamptz, "validUntil" timestamptz)
)
INSERT INTO offer_prices (offer_id, scope, from_quantity, amount, valid_from, valid_until)
SELECT "offerId", 'LIST', "fromQuantity", amount, "validFrom", "validUntil" FROM given`;

export class OfferUpsertRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async findBatch(supplierId: string, key: string): Promise<EarlierBatch | null> {
    const [batch] = await this.#manager.query(
      'SELECT fingerprint, results FROM offer_batches WHERE supplier_id = $1 AND idempotency_key = $2',
      [supplierId, key],
    );
    return batch ?? null;
  }

  async insertBatch(supplierId: string, key: string, fingerprint: Buffer, results: unknown): Promise<void> {
    await this.#manager.query(
      'INSERT INTO offer_batches (supplier_id, idempotency_key, fingerprint, results) VALUES ($1, $2, $3, $4)',
      [supplierId, key, fingerprint, JSON.stringify(results)],
    );
  }

  async deleteBatchesBefore(moment: Date): Promise<void> {
    await this.#manager.query('DELETE FROM offer_batches WHERE created_at < $1', [moment]);
  }

  listKnown(supplierId: string, supplierSkus: readonly string[]): Promise<OfferEntity[]> {
    return this.#manager.findBy(OfferEntity, { supplierId, supplierSku: In([...supplierSkus]) });
  }

  listListPrices(offerIds: readonly string[]): Promise<OfferPriceEntity[]> {
    return this.#manager.findBy(OfferPriceEntity, { offerId: In([...offerIds]), scope: 'LIST' });
  }

  /**
   * Writes the offers of the plans, in one statement.
   * @returns the ids of those that were written, with their codes.
   */
  async upsert(supplierId: string, plans: readonly OfferPlan[]): Promise<{ supplierSku: string; id: string }[]> {
    const offers = plans.flatMap(({ offer }) => (offer ? [offer] : []));
    return offers.length > 0 ? this.#manager.query(upsertSql, [supplierId, JSON.stringify(offers)]) : [];
  }

  /** Notes that offers were spoken of, so that an earlier batch that comes later is known to be late. */
  async markObserved(supplierId: string, supplierSkus: readonly string[], at: Date): Promise<void> {
    if (supplierSkus.length === 0) return;
    await this.#manager.query(
      `UPDATE offers SET observed_at = $3
       WHERE supplier_id = $1 AND supplier_sku = ANY($2::text[]) AND (observed_at IS NULL OR observed_at < $3)`,
      [supplierId, supplierSkus, at],
    );
  }

  /** Puts list prices in the place of those of the offers. */
  async replaceListPrices(prices: ReadonlyMap<string, readonly ListPrice[]>): Promise<void> {
    if (prices.size === 0) return;
    await this.#manager.delete(OfferPriceEntity, { offerId: In([...prices.keys()]), scope: 'LIST' });
    const rows = [...prices].flatMap(([offerId, list]) => list.map((price) => ({ offerId, ...price })));
    await this.#manager.query(replacePricesSql, [JSON.stringify(rows)]);
  }
}
