import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A comparison of our ledger with Stripe's balance transactions. */
@Entity('payment_reconciliations')
export class ReconciliationEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  fromAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  toAt!: Date;

  @Column('integer')
  compared!: number;

  @Column('integer')
  healed!: number;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  finishedAt!: Date;
}
