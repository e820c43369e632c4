import { Money } from '@gastronom/shared/money.type';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../../context.ts';
import type { SupplierOrderEntity } from '../../supplier-order/supplier-order.entity.ts';
import { SupplierOrder } from '../../supplier-order/supplier-order.type.ts';
import type { PaidPart } from '../payment.loaders.ts';
import { isStaffViewer, moneyOf } from '../payment.resolver.ts';
import { SettlementStatus, SupplierSettlement } from '../payment.type.ts';

type ReadSettlement = PaidPart & PaidPart['part'];

const isSupplier = ({ viewer }: OrdersContext, { supplierOrganizationId }: SupplierOrderEntity): boolean =>
  viewer.kind === 'user' &&
  viewer.organization?.type === 'SUPPLIER' &&
  viewer.organization.id === supplierOrganizationId;

@Resolver(() => SupplierOrder)
export class SupplierOrderSettlementResolver {
  @FieldResolver(() => SupplierSettlement, {
    nullable: true,
    description:
      'What the supplier has of it; null on invoice, before it is paid, and for all but the supplier and staff.',
  })
  async settlement(@Root() row: SupplierOrderEntity, @Ctx() context: OrdersContext): Promise<ReadSettlement | null> {
    if (!isSupplier(context, row) && !isStaffViewer(context)) return null;
    const paid = await context.loaders.payments.ofSupplierOrder.load(row.id);
    return paid?.payment.succeededAt ? { ...paid.part, ...paid } : null;
  }
}

@Resolver(() => SupplierSettlement)
export class SupplierSettlementResolver {
  @FieldResolver(() => SettlementStatus, { description: 'How far it is.' })
  status(@Root() { part, accountReady }: ReadSettlement): keyof typeof SettlementStatus {
    if (part.transferId) return 'TRANSFERRED';
    if (!part.settledAt) return 'HELD';
    if (part.owedAmount === 0n) return 'NOTHING_DUE';
    return accountReady ? 'DUE' : 'WAITING_FOR_ACCOUNT';
  }

  @FieldResolver(() => Money, { description: 'What the buyer paid for it.' })
  paid(@Root() { part, payment }: ReadSettlement): Money {
    return moneyOf(part.amount, payment.currency);
  }

  @FieldResolver(() => Money, { description: 'What of that goes back to the buyer.' })
  refunded(@Root() { part, payment }: ReadSettlement): Money {
    return moneyOf(part.refundedAmount, payment.currency);
  }

  @FieldResolver(() => Money, { description: 'What the supplier is to have in the end: less the platform’s fee.' })
  owed(@Root() { part, payment }: ReadSettlement): Money {
    return moneyOf(part.owedAmount, payment.currency);
  }

  @FieldResolver(() => Money, { description: 'What it was sent.' })
  transferred(@Root() { part, payment }: ReadSettlement): Money {
    return moneyOf(part.transferId ? (part.transferAmount ?? 0n) : 0n, payment.currency);
  }

  @FieldResolver(() => Money, { description: 'What was asked back of that, as the buyer was paid back later.' })
  reversed(@Root() { part, payment }: ReadSettlement): Money {
    return moneyOf(part.reversedAmount, payment.currency);
  }
}
