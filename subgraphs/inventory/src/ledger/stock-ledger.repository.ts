import type { EntityManager } from 'typeorm';
import { StockLedgerEntity } from './stock-ledger.entity.ts';

export class StockLedgerRepository {
  readonly #entries;

  constructor(manager: EntityManager) {
    this.#entries = manager.getRepository(StockLedgerEntity);
  }

  /** Changes of a good's stock, newest first, from behind the entry at the cursor. */
  list(productSku: string, size: number, after?: string): Promise<StockLedgerEntity[]> {
    const query = this.#entries
      .createQueryBuilder('entry')
      .where('entry.productSku = :productSku', { productSku })
      .orderBy('entry.id', 'DESC')
      .take(size);
    if (after) query.andWhere('entry.id < :after::bigint', { after });
    return query.getMany();
  }

  count(productSku: string): Promise<number> {
    return this.#entries.countBy({ productSku });
  }
}
