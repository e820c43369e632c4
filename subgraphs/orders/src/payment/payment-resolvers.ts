import { PaymentAccountResolver, SupplierPayoutResolver } from './account/payment-account.resolver.ts';
import { DisputeResolver } from './dispute/dispute.resolver.ts';
import { LedgerResolver } from './ledger/ledger.resolver.ts';
import {
  OrderPaymentResolver,
  PaymentPartResolver,
  PaymentResolver,
  PayOrderPayloadResolver,
} from './payment.resolver.ts';
import { PaymentFindingResolver, ReconciliationResolver } from './reconciliation/reconciliation.resolver.ts';
import { RefundResolver, RefundSupplierOrderPayloadResolver } from './refund/refund.resolver.ts';
import { SupplierOrderSettlementResolver, SupplierSettlementResolver } from './settlement/settlement.resolver.ts';

export const paymentResolvers = [
  OrderPaymentResolver,
  PayOrderPayloadResolver,
  PaymentResolver,
  PaymentPartResolver,
  RefundResolver,
  RefundSupplierOrderPayloadResolver,
  SupplierOrderSettlementResolver,
  SupplierSettlementResolver,
  PaymentAccountResolver,
  SupplierPayoutResolver,
  DisputeResolver,
  ReconciliationResolver,
  PaymentFindingResolver,
  LedgerResolver,
];
