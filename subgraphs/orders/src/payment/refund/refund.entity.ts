import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { units } from '../units-column.ts';

export type RefundStatus = 'PENDING' | 'PROCESSING' | 'SUCCEEDED' | 'FAILED' | 'VOID';
export type RefundSource = 'CANCELLED' | 'REJECTED' | 'DELIVERY' | 'REQUESTED' | 'LATE_PAYMENT' | 'DASHBOARD';

/** Money on its way back to a buyer. */
@Entity('payment_refunds')
export class RefundEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  paymentId!: string;

  @Column('uuid', { nullable: true })
  partId!: string | null;

  @Column({ type: 'bigint', transformer: units })
  amount!: bigint;

  @Column({ type: 'bigint', transformer: units, default: '0' })
  voidAmount!: bigint;

  @Column('text')
  status!: RefundStatus;

  @Column('text')
  source!: RefundSource;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text')
  requestedBy!: string;

  @Column('text', { nullable: true })
  idempotencyKey!: string | null;

  @Column('text', { nullable: true })
  fingerprint!: string | null;

  @Column('text', { nullable: true })
  stripeId!: string | null;

  @Column('integer')
  try!: number;

  @Column('text', { nullable: true })
  failure!: string | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  triedAt!: Date | null;
}
