import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { units } from './units-column.ts';

/** The share of a payment that one supplier's order is. */
@Entity('payment_parts')
export class PaymentPartEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  paymentId!: string;

  @Column('uuid')
  supplierOrderId!: string;

  @Column('uuid', { nullable: true })
  organizationId!: string | null;

  @Column('boolean')
  isHouse!: boolean;

  @Column({ type: 'bigint', transformer: units })
  amount!: bigint;

  @Column({ type: 'numeric', precision: 5, scale: 2 })
  feePercent!: string;

  @Column({ type: 'bigint', transformer: units })
  refundedAmount!: bigint;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  settledAt!: Date | null;

  @Column({ type: 'bigint', transformer: units })
  owedAmount!: bigint;

  @Column({ type: 'bigint', transformer: units, nullable: true })
  transferAmount!: bigint | null;

  @Column({ type: 'bigint', transformer: units })
  reversedAmount!: bigint;

  @Column('text', { nullable: true })
  transferId!: string | null;

  @Column('integer')
  transferTry!: number;

  @Column('text', { nullable: true })
  transferFailure!: string | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  triedAt!: Date | null;
}
