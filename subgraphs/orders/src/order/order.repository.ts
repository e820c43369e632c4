import type { Viewer } from '@gastronom/shared/viewer';
import { type EntityManager, In } from 'typeorm';
import { buyerOf } from './buyer.ts';
import { OrderEntity } from './order.entity.ts';

export class OrderRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Of the orders, those that the viewer may see: their own, or any for staff. */
  visible(ids: readonly string[], viewer: Viewer): Promise<OrderEntity[]> {
    if (viewer.kind === 'user' && (viewer.role === 'STAFF' || viewer.role === 'ADMIN')) {
      return this.#manager.findBy(OrderEntity, { id: In(ids) });
    }
    const buyer = buyerOf(viewer);
    if (!buyer) return Promise.resolve([]);
    return this.#manager.findBy(OrderEntity, { id: In(ids), buyerKind: buyer.kind, buyerId: buyer.id });
  }
}
