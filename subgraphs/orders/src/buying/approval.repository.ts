import { type EntityManager, In } from 'typeorm';
import { type ApprovalDecision, OrderApprovalEntity, SpendLimitEntity } from './order-approval.entity.ts';

/** Approvals of orders, and the limits that ask for them. */
export class ApprovalRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  findLimit(organizationId: string): Promise<SpendLimitEntity | null> {
    return this.#manager.findOneBy(SpendLimitEntity, { organizationId });
  }

  async upsertLimit(limit: Omit<SpendLimitEntity, 'updatedAt'>): Promise<void> {
    await this.#manager.upsert(SpendLimitEntity, { ...limit, updatedAt: () => 'now()' }, ['organizationId']);
  }

  async deleteLimit(organizationId: string): Promise<void> {
    await this.#manager.delete(SpendLimitEntity, { organizationId });
  }

  async insert(orderId: string, requestedAt: Date, expiresAt: Date): Promise<void> {
    await this.#manager.insert(OrderApprovalEntity, { orderId, requestedAt, expiresAt });
  }

  find(orderId: string): Promise<OrderApprovalEntity | null> {
    return this.#manager.findOneBy(OrderApprovalEntity, { orderId });
  }

  listByOrders(orderIds: readonly string[]): Promise<OrderApprovalEntity[]> {
    return this.#manager.findBy(OrderApprovalEntity, { orderId: In(orderIds) });
  }

  async decide(
    orderId: string,
    decision: ApprovalDecision,
    by: string | null,
    at: Date,
    reason: string | null,
  ): Promise<void> {
    await this.#manager.update(OrderApprovalEntity, { orderId }, { decision, decidedBy: by, decidedAt: at, reason });
  }
}
