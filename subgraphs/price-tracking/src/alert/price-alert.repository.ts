import { selectRows } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { PriceAlertEntity } from './price-alert.entity.ts';
import { RaisedPriceAlertEntity } from './raised-price-alert.entity.ts';

/** What a person decides of an alert. */
export type PriceAlertValues = Pick<
  PriceAlertEntity,
  'scope' | 'targetPrice' | 'targetCurrency' | 'percent' | 'days' | 'isEnabled'
>;
export type NewPriceAlert = PriceAlertValues & Pick<PriceAlertEntity, 'ownerId' | 'productId' | 'kind'>;

/** Whose, and of which product; all of the owner's where it is undefined. */
export interface AlertSearch {
  readonly ownerId: string;
  readonly productId: string | undefined;
}

export class PriceAlertRepository {
  readonly #manager: EntityManager;
  readonly #alerts;
  readonly #raised;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#alerts = manager.getRepository(PriceAlertEntity);
    this.#raised = manager.getRepository(RaisedPriceAlertEntity);
  }

  /** Whosever they are. */
  byIds(ids: readonly string[]): Promise<PriceAlertEntity[]> {
    return selectRows(this.#manager, PriceAlertEntity, 'WHERE id = ANY($1::uuid[])', [ids]);
  }

  listOfProducts(ids: readonly string[]): Promise<PriceAlertEntity[]> {
    const rest = 'WHERE product_id = ANY($1::uuid[]) ORDER BY created_at, id';
    return selectRows(this.#manager, PriceAlertEntity, rest, [ids]);
  }

  /** The newest first, from behind the one at the cursor. */
  list({ ownerId, productId }: AlertSearch, size: number, after?: { moment: string; id: string }) {
    const rest = `WHERE owner_id = $1 AND ($2::uuid IS NULL OR product_id = $2)
      AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid)) ORDER BY created_at DESC, id DESC LIMIT $5`;
    const values = [ownerId, productId ?? null, after?.moment ?? null, after?.id ?? null, size];
    return selectRows(this.#manager, PriceAlertEntity, rest, values);
  }

  count({ ownerId, productId }: AlertSearch): Promise<number> {
    return this.#alerts.countBy({ ownerId, ...(productId === undefined ? {} : { productId }) });
  }

  insert(values: NewPriceAlert): Promise<PriceAlertEntity> {
    return this.#alerts.save(this.#alerts.create(values));
  }

  /** It begins anew: how things stood when it last looked is forgotten. */
  async update(row: PriceAlertEntity, values: PriceAlertValues): Promise<PriceAlertEntity> {
    await this.#manager.query('DELETE FROM price_alert_states WHERE alert_id = $1', [row.id]);
    return this.#alerts.save({ ...row, ...values });
  }

  async delete(id: string): Promise<void> {
    await this.#alerts.delete({ id });
  }

  /** From now, or since it was snoozed already; null wakes it. */
  async snooze(id: string, now: Date, until: Date | null): Promise<void> {
    await this.#manager.query(
      `UPDATE price_alerts
       SET snoozed_from = CASE WHEN snoozed_until > $2 THEN snoozed_from ELSE $2 END, snoozed_until = coalesce($3, $2)
       WHERE id = $1 AND ($3::timestamptz IS NOT NULL OR snoozed_until > $2)`,
      [id, now, until],
    );
  }

  /** What was raised, the newest first, from behind the one at the cursor. */
  listRaised({ ownerId, productId }: AlertSearch, size: number, after?: string): Promise<RaisedPriceAlertEntity[]> {
    const rest = `WHERE owner_id = $1 AND ($2::uuid IS NULL OR product_id = $2) AND ($3::bigint IS NULL OR id < $3)
      ORDER BY id DESC LIMIT $4`;
    return selectRows(this.#manager, RaisedPriceAlertEntity, rest, [ownerId, productId ?? null, after ?? null, size]);
  }

  countRaised({ ownerId, productId }: AlertSearch): Promise<number> {
    return this.#raised.countBy({ ownerId, ...(productId === undefined ? {} : { productId }) });
  }
}
