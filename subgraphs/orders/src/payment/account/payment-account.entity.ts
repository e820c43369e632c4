import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A supplier’s account at Stripe, as Stripe described it last. */
@Entity('payment_accounts')
export class PaymentAccountEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('text', { nullable: true })
  stripeId!: string | null;

  @Column('text')
  country!: string;

  @Column('boolean')
  detailsSubmitted!: boolean;

  @Column('boolean')
  chargesEnabled!: boolean;

  @Column('boolean')
  payoutsEnabled!: boolean;

  @Column('boolean')
  transfersEnabled!: boolean;

  @Column('text', { array: true })
  currentlyDue!: string[];

  @Column('text', { nullable: true })
  disabledReason!: string | null;

  @Column('integer')
  accountTry!: number;

  @Column('integer')
  linkCount!: number;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  checkedAt!: Date;
}
