import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { ApprovalRepository } from './approval.repository.ts';
import type { OrderApprovalEntity } from './order-approval.entity.ts';

export type ApprovalLoader = DataLoader<string, OrderApprovalEntity | null>;

/** Approvals of orders that the viewer was found to see. */
export const createApprovalLoader = (manager: EntityManager): ApprovalLoader =>
  new DataLoader(async (orderIds) => {
    const rows = await new ApprovalRepository(manager).listByOrders(orderIds);
    const found = new Map(rows.map((row) => [row.orderId, row]));
    return orderIds.map((id) => found.get(id) ?? null);
  });
