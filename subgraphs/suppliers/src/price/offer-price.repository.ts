import { readQuickly } from '@gastronom/shared/database/read-quickly';
import type { EntityManager } from 'typeorm';
import { OfferPriceEntity } from './offer-price.entity.ts';

const columns = `p.id, p.offer_id AS "offerId", p.scope, p.group_id AS "groupId", p.organization_id AS "organizationId",
  p.from_quantity AS "fromQuantity", p.amount, p.valid_from AS "validFrom", p.valid_until AS "validUntil",
  p.created_at AS "createdAt"`;

export type NewPrice = Omit<OfferPriceEntity, 'id' | 'offerId' | 'createdAt'>;

export class OfferPriceRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Prices of the offers that are meant for the buyer, over or not begun ones left out. Nobody's are the list's alone. */
  listFor(offerIds: readonly string[], organizationId: string | null, at: Date): Promise<OfferPriceEntity[]> {
    return readQuickly(
      this.#manager,
      `SELECT ${columns} FROM offer_prices p
       WHERE p.offer_id = ANY($1::uuid[]) AND (p.valid_until IS NULL OR p.valid_until > $3)
         AND (p.valid_from IS NULL OR p.valid_from <= $3)
         AND (p.scope = 'LIST' OR p.organization_id = $2::uuid
           OR p.group_id IN (SELECT group_id FROM customer_group_members WHERE organization_id = $2::uuid))`,
      [offerIds, organizationId, at],
    );
  }

  /** All prices of the offers, for those who set them. */
  listAll(offerIds: readonly string[]): Promise<OfferPriceEntity[]> {
    return this.#manager.query(
      `SELECT ${columns} FROM offer_prices p WHERE p.offer_id = ANY($1::uuid[])
       ORDER BY p.offer_id, array_position('{LIST,GROUP,CUSTOMER}', p.scope), p.group_id, p.organization_id,
         p.from_quantity, p.valid_from NULLS FIRST`,
      [offerIds],
    );
  }

  async replaceAll(offerId: string, prices: readonly NewPrice[]): Promise<void> {
    await this.#manager.delete(OfferPriceEntity, { offerId });
    await this.#manager.insert(
      OfferPriceEntity,
      prices.map((price) => ({ ...price, offerId })),
    );
  }
}
