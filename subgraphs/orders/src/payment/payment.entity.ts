import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { units } from './units-column.ts';

export type PaymentStatus = 'PENDING' | 'SUCCEEDED' | 'PARTLY_REFUNDED' | 'REFUNDED' | 'CANCELLED';

/** An order that is paid by card: one PaymentIntent of Stripe's. */
@Entity('payments')
export class PaymentEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  orderId!: string;

  @Column('text')
  status!: PaymentStatus;

  @Column('text')
  currency!: string;

  @Column({ type: 'bigint', transformer: units })
  amount!: bigint;

  @Column({ type: 'bigint', transformer: units })
  refundedAmount!: bigint;

  @Column('text', { nullable: true })
  intentId!: string | null;

  @Column('integer')
  intentTry!: number;

  @Column('text', { nullable: true })
  chargeId!: string | null;

  @Column('text', { nullable: true })
  failure!: string | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  checkedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  succeededAt!: Date | null;
}
