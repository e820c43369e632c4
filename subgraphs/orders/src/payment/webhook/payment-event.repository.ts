import type { EntityManager } from 'typeorm';
import { PaymentEventEntity } from './payment-event.entity.ts';

export type NewEvent = Pick<PaymentEventEntity, 'id' | 'type' | 'objectId' | 'account'>;

export class PaymentEventRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  find(id: string): Promise<PaymentEventEntity | null> {
    return this.#manager.findOneBy(PaymentEventEntity, { id });
  }

  /** @returns whether it is new. */
  async insert({ id, type, objectId, account }: NewEvent): Promise<boolean> {
    const rows: unknown[] = await this.#manager.query(
      `INSERT INTO payment_events (id, type, object_id, account) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [id, type, objectId, account],
    );
    return rows.length > 0;
  }

  async settle(id: string, outcome: PaymentEventEntity['outcome']): Promise<void> {
    await this.#manager.update(PaymentEventEntity, { id }, { outcome });
  }

  async deleteBefore(time: Date): Promise<void> {
    await this.#manager
      .createQueryBuilder()
      .delete()
      .from(PaymentEventEntity)
      .where(`received_at < :time AND outcome <> 'WAITING'`, { time })
      .execute();
  }
}
