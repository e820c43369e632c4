import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { PaymentAccountRepository } from './account/payment-account.repository.ts';
import type { DisputeEntity } from './dispute/dispute.entity.ts';
import { DisputeRepository } from './dispute/dispute.repository.ts';
import type { PaymentEntity } from './payment.entity.ts';
import { PaymentRepository } from './payment.repository.ts';
import type { PaymentPartEntity } from './payment-part.entity.ts';
import { FindingEntity } from './reconciliation/finding.entity.ts';
import { ReconciliationRepository } from './reconciliation/reconciliation.repository.ts';
import type { RefundEntity } from './refund/refund.entity.ts';
import { RefundRepository } from './refund/refund.repository.ts';

/** A supplier's order's part, with its payment. */
export interface PaidPart {
  readonly part: PaymentPartEntity;
  readonly payment: PaymentEntity;
  readonly accountReady: boolean;
}

export interface PaymentLoaders {
  readonly byId: DataLoader<string, PaymentEntity | null>;
  readonly ofOrder: DataLoader<string, PaymentEntity | null>;
  readonly parts: DataLoader<string, PaymentPartEntity[]>;
  readonly refunds: DataLoader<string, RefundEntity[]>;
  readonly disputes: DataLoader<string, DisputeEntity[]>;
  readonly ofSupplierOrder: DataLoader<string, PaidPart | null>;
  readonly findings: DataLoader<string, FindingEntity[]>;
}

export function createPaymentLoaders(manager: EntityManager): PaymentLoaders {
  const payments = new PaymentRepository(manager);
  return {
    byId: new DataLoader(async (ids) => {
      const rows = new Map((await payments.findAll(ids)).map((row) => [row.id, row]));
      return ids.map((id) => rows.get(id) ?? null);
    }),
    ofOrder: new DataLoader(async (ids) => {
      const rows = new Map((await payments.ofOrders(ids)).map((row) => [row.orderId, row]));
      return ids.map((id) => rows.get(id) ?? null);
    }),
    parts: new DataLoader(async (ids) => {
      const groups = Map.groupBy(await payments.partsOf(ids), ({ paymentId }) => paymentId);
      return ids.map((id) => groups.get(id) ?? []);
    }),
    refunds: new DataLoader(async (ids) => {
      const groups = Map.groupBy(await new RefundRepository(manager).ofPayments(ids), ({ paymentId }) => paymentId);
      return ids.map((id) => groups.get(id) ?? []);
    }),
    disputes: new DataLoader(async (ids) => {
      const groups = Map.groupBy(await new DisputeRepository(manager).ofPayments(ids), ({ paymentId }) => paymentId);
      return ids.map((id) => groups.get(id) ?? []);
    }),
    ofSupplierOrder: new DataLoader((ids) => paidParts(manager, ids)),
    findings: new DataLoader(async (ids) => {
      const rows = await new ReconciliationRepository(manager).findings(ids);
      const groups = Map.groupBy(rows, ({ reconciliationId }) => reconciliationId);
      return ids.map((id) => groups.get(id) ?? []);
    }),
  };
}

async function paidParts(manager: EntityManager, ids: readonly string[]): Promise<(PaidPart | null)[]> {
  const repository = new PaymentRepository(manager);
  const parts = await repository.partsOfSupplierOrders(ids);
  const payments = await repository.findAll(parts.map(({ paymentId }) => paymentId));
  const ready = await new PaymentAccountRepository(manager).readyOf(
    parts.flatMap(({ organizationId }) => organizationId ?? []),
  );
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  const found = new Map(
    parts.flatMap((part) => {
      const payment = byId.get(part.paymentId);
      const accountReady = part.organizationId !== null && ready.has(part.organizationId);
      return payment ? [[part.supplierOrderId, { part, payment, accountReady }] as const] : [];
    }),
  );
  return ids.map((id) => found.get(id) ?? null);
}
