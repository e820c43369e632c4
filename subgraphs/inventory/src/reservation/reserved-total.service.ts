import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { actorOf } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import { announceAvailability } from '../availability/announce-availability.ts';
import type { InventoryContext } from '../context.ts';
import { type ReservedCheck, type ReservedDrift, ReservedTotalRepository } from './reserved-total.repository.ts';

/** The ledger has them all. */
const mostTold = 1_000;

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
      if (repaired.length > 0) await this.#record(transaction, repaired);
      return repaired;
    });
    if (drifts.length > 0) logger.warn({ drifts }, 'reserved totals had drifted, and were put right');
    return { checked, drifts };
  }

  #record(manager: EntityManager, drifts: readonly ReservedDrift[]): Promise<void> {
    const told = drifts.slice(0, mostTold);
    return recordAudit(this.#context.jobs, manager, this.#context, {
      action: 'reserved-totals.repair',
      subject: { type: 'ReservedTotals', id: 'all' },
      before: Object.fromEntries(told.map(({ sku, recorded }) => [sku, recorded])),
      after: Object.fromEntries(told.map(({ sku, actual }) => [sku, actual])),
    });
  }
}
