import { Column, Entity, PrimaryColumn } from 'typeorm';

export type ApprovalDecision = 'APPROVED' | 'DECLINED' | 'EXPIRED';

/** That an order over its buyer's limit was shown to the admins, and what they said. */
@Entity('order_approvals')
export class OrderApprovalEntity {
  @PrimaryColumn('uuid')
  orderId!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  requestedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  expiresAt!: Date;

  @Column('text', { nullable: true })
  decision!: ApprovalDecision | null;

  @Column('uuid', { nullable: true })
  decidedBy!: string | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  decidedAt!: Date | null;

  @Column('text', { nullable: true })
  reason!: string | null;
}

/** What an order of a restaurant may come to before an admin has to approve it. */
@Entity('spend_limits')
export class SpendLimitEntity {
  @PrimaryColumn('uuid')
  organizationId!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  amount!: string;

  @Column('text')
  currency!: string;

  @Column('uuid')
  updatedBy!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}
