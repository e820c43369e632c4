import { type EntityManager, In } from 'typeorm';
import type { Buyer } from '../order/buyer.ts';
import { ParEntity } from './par.entity.ts';

/** An offer that a buyer has ordered before. */
export interface GuideRow {
  readonly offerId: string;
  readonly name: string;
  readonly unit: string;
  readonly supplierId: string;
  readonly supplierName: string;
  readonly productSku: string | null;
  readonly timesOrdered: number;
  readonly lastOrderedAt: Date;
  readonly usualQuantity: string;
  readonly priceAmount: string;
  readonly currency: string;
  /** Frequency and recency in one: an order counts half as much for each 30 days that it is old. */
  readonly score: string;
}

export interface GuidePlace {
  readonly score: string;
  readonly offerId: string;
}

export type NewPar = Pick<ParEntity, 'offerId' | 'name' | 'unit' | 'supplierName' | 'level'>;

const guideSql = `
WITH bought AS (
  SELECT line.offer_id, line.name, line.unit, line.product_sku, line.price_amount, line.quantity,
    part.supplier_id, part.supplier_name, part.currency, part.order_id, part.placed_at
  FROM orders placed
  JOIN supplier_orders part ON part.order_id = placed.id AND part.placed_at IS NOT NULL
  JOIN order_lines line ON line.supplier_order_id = part.id AND line.substitute_for IS NULL
  WHERE placed.buyer_kind = $1 AND placed.buyer_id = $2
    AND placed.created_at > $3::timestamptz - interval '180 days' AND placed.created_at <= $3
), ranked AS (
  SELECT offer_id,
    count(DISTINCT order_id)::int AS times, max(placed_at) AS last_at,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY quantity) AS usual,
    round(sum(power(0.5::numeric, greatest(0, extract(epoch FROM $3 - placed_at)) / 2592000)), 9) AS score
  FROM bought GROUP BY offer_id
)
SELECT ranked.offer_id AS "offerId", latest.name, latest.unit, latest.supplier_id AS "supplierId",
  latest.supplier_name AS "supplierName", latest.product_sku AS "productSku", times AS "timesOrdered",
  last_at AS "lastOrderedAt", usual::text AS "usualQuantity", latest.price_amount::text AS "priceAmount",
  latest.currency, score::text
FROM ranked CROSS JOIN LATERAL (
  SELECT * FROM bought WHERE bought.offer_id = ranked.offer_id ORDER BY placed_at DESC, order_id LIMIT 1
) AS latest
WHERE $4::numeric IS NULL OR (score, ranked.offer_id) < ($4::numeric, $5)
ORDER BY score DESC, ranked.offer_id DESC LIMIT $6`;

/** What a buyer usually buys, and how much of it they want to have. */
export class BuyingRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Of the last half year, as seen at one moment, so that pages of one guide fit together. */
  listGuide({ kind, id }: Buyer, at: Date, size: number, after?: GuidePlace): Promise<GuideRow[]> {
    return this.#manager.query(guideSql, [kind, id, at, after?.score ?? null, after?.offerId ?? null, size]);
  }

  listPars({ kind, id }: Buyer, size: number, after?: { name: string; offerId: string }): Promise<ParEntity[]> {
    const query = this.#manager
      .createQueryBuilder(ParEntity, 'par')
      .where('par.buyerKind = :kind AND par.buyerId = :id', { kind, id })
      .orderBy('par.name')
      .addOrderBy('par.offerId')
      .take(size);
    if (after) query.andWhere('(par.name, par.offerId) > (:name, :offerId)', after);
    return query.getMany();
  }

  findPars({ kind, id }: Buyer, offerIds: readonly string[]): Promise<ParEntity[]> {
    return this.#manager.findBy(ParEntity, { buyerKind: kind, buyerId: id, offerId: In(offerIds) });
  }

  async upsertPars({ kind, id }: Buyer, userId: string, pars: readonly NewPar[]): Promise<void> {
    if (pars.length === 0) return;
    const rows = pars.map((par) => ({
      ...par,
      buyerKind: kind,
      buyerId: id,
      updatedBy: userId,
      updatedAt: () => 'now()',
    }));
    await this.#manager.upsert(ParEntity, rows, ['buyerKind', 'buyerId', 'offerId']);
  }

  async deletePars({ kind, id }: Buyer, offerIds: readonly string[]): Promise<void> {
    if (offerIds.length > 0)
      await this.#manager.delete(ParEntity, { buyerKind: kind, buyerId: id, offerId: In(offerIds) });
  }

  countPars({ kind, id }: Buyer): Promise<number> {
    return this.#manager.countBy(ParEntity, { buyerKind: kind, buyerId: id });
  }
}
