import { type EntityManager, LessThan } from 'typeorm';
import { ClerkDeliveryEntity, type ClerkDeliveryOutcome } from './clerk-delivery.entity.ts';

export class ClerkDeliveryRepository {
  readonly #deliveries;

  constructor(manager: EntityManager) {
    this.#deliveries = manager.getRepository(ClerkDeliveryEntity);
  }

  /**
   * Claims a message for this transaction; one that could not be read before is tried again. Whoever brings the same at
   * the same time waits here for the end of this transaction.
   * @returns whether it is to be applied: false where it was already.
   */
  async begin(id: string, type: string): Promise<boolean> {
    const rows: unknown[] = await this.#deliveries.query(
      `INSERT INTO clerk_deliveries AS d (id, type, outcome) VALUES ($1, $2, 'APPLIED')
       ON CONFLICT (id) DO UPDATE SET outcome = 'APPLIED', failure = NULL WHERE d.outcome = 'FAILED'
       RETURNING id`,
      [id, type],
    );
    return rows.length > 0;
  }

  async settle(id: string, outcome: ClerkDeliveryOutcome): Promise<void> {
    await this.#deliveries.update({ id }, { outcome });
  }

  async fail(id: string, type: string, failure: string): Promise<void> {
    await this.#deliveries.query(
      `INSERT INTO clerk_deliveries AS d (id, type, outcome, failure) VALUES ($1, $2, 'FAILED', $3)
       ON CONFLICT (id) DO UPDATE SET failure = excluded.failure WHERE d.outcome = 'FAILED'`,
      [id, type, failure],
    );
  }

  async deleteBefore(time: Date): Promise<void> {
    await this.#deliveries.delete({ receivedAt: LessThan(time) });
  }
}
