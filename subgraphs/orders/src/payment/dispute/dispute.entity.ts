import { Column, Entity, PrimaryColumn } from 'typeorm';
import { units } from '../units-column.ts';

export type DisputeStatus = 'OPEN' | 'WON' | 'LOST';

/** A buyer asked the bank for the money back. */
@Entity('payment_disputes')
export class DisputeEntity {
  /** Stripe's `dp_…` or `du_…`. */
  @PrimaryColumn('text')
  id!: string;

  @Column('uuid')
  paymentId!: string;

  @Column('text')
  status!: DisputeStatus;

  @Column('text')
  reason!: string;

  @Column({ type: 'bigint', transformer: units })
  amount!: bigint;

  @Column({ type: 'bigint', transformer: units })
  lostAmount!: bigint;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  closedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3 })
  checkedAt!: Date;
}
