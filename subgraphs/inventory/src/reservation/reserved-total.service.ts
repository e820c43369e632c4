import { inTransaction } from '@gastronom/shared/database/transaction';
import { actorOf } from '@gastronom/shared/viewer';
import { announceAvailability } from '../availability/announce-availability.ts';
import type { InventoryContext } from '../context.ts';
import { type ReservedCheck, ReservedTotalRepository } from './reserved-total.repository.ts';

/** Recomputes what is reserved of each good from the lines of the orders. A drift is a bug of ours, and is logged. */
export class ReservedTotalService {
  readonly #context: InventoryContext;

  constructor(context: InventoryContext) {
    this.#context = context;
  }

  async repair(): Promise<ReservedCheck> {
    const { manager, jobs, viewer, clock, logger } = this.#context;
    const { checked, skus } = await new ReservedTotalRepository(manager).check();
    if (skus.length === 0) return { checked, drifts: [] };
    const drifts = await inTransaction(manager, async (transaction) => {
      const at = new Date(clock()).toISOString();
      const repaired = await new ReservedTotalRepository(transaction).repair(skus, actorOf(viewer), at);
      await announceAvailability(
        jobs,
        transaction,
        repaired.map(({ sku }) => sku),
      );
      return repaired;
    });
    if (drifts.length > 0) logger.warn({ drifts }, 'reserved totals had drifted, and were put right');
    return { checked, drifts };
  }
}
