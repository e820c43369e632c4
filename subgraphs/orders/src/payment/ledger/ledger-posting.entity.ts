import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A movement: its entries sum up to zero. */
@Entity('ledger_postings')
export class LedgerPostingEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  key!: string;

  @Column('text')
  kind!: string;

  @Column('uuid', { nullable: true })
  paymentId!: string | null;

  @Column('text', { nullable: true })
  balanceTransaction!: string | null;

  @Column({ type: 'timestamptz', precision: 3 })
  occurredAt!: Date;
}
