import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Something that Stripe told, by its webhook. */
@Entity('payment_events')
export class PaymentEventEntity {
  /** Stripe's `evt_…`. */
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  type!: string;

  @Column('text')
  objectId!: string;

  /** The connected account that it is about; null for the platform's own. */
  @Column('text', { nullable: true })
  account!: string | null;

  @Column('text')
  outcome!: 'WAITING' | 'APPLIED' | 'IGNORED';

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  receivedAt!: Date;
}
