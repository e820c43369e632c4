import { type EntityManager, In } from 'typeorm';
import { OfferEntity } from './offer.entity.ts';

export class OfferRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Removed ones too: orders point at them. */
  listByIds(ids: readonly string[]): Promise<OfferEntity[]> {
    return this.#manager.findBy(OfferEntity, { id: In([...ids]) });
  }
}
