import { selectRows } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { StoreEntity } from './store.entity.ts';

export class StoreRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Whosever they are. */
  byIds(ids: readonly string[]): Promise<StoreEntity[]> {
    return selectRows(this.#manager, StoreEntity, 'WHERE id = ANY($1::uuid[])', [ids]);
  }
}
