import { PaymentAccountEntity } from './account/payment-account.entity.ts';
import { DisputeEntity } from './dispute/dispute.entity.ts';
import { LedgerEntryEntity } from './ledger/ledger-entry.entity.ts';
import { LedgerPostingEntity } from './ledger/ledger-posting.entity.ts';
import { PaymentEntity } from './payment.entity.ts';
import { PaymentPartEntity } from './payment-part.entity.ts';
import { FindingEntity } from './reconciliation/finding.entity.ts';
import { ReconciliationEntity } from './reconciliation/reconciliation.entity.ts';
import { RefundEntity } from './refund/refund.entity.ts';
import { ReversalEntity } from './settlement/reversal.entity.ts';
import { PaymentEventEntity } from './webhook/payment-event.entity.ts';

export const paymentEntities = [
  PaymentEntity,
  PaymentPartEntity,
  RefundEntity,
  ReversalEntity,
  DisputeEntity,
  PaymentAccountEntity,
  PaymentEventEntity,
  LedgerPostingEntity,
  LedgerEntryEntity,
  ReconciliationEntity,
  FindingEntity,
];
