import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type StockLedgerReason = 'SYNC' | 'SNAPSHOT' | 'MOVED';

/** One change of one quantity. */
@Entity('stock_ledger')
export class StockLedgerEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('text')
  productSku!: string;

  @Column('bigint')
  warehouseId!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  fromQuantity!: string | null;

  @Column({ type: 'numeric', precision: 14, scale: 3 })
  toQuantity!: string;

  @Column('text')
  reason!: StockLedgerReason;

  @Column('text')
  source!: string;

  @Column('uuid')
  runId!: string;

  @Column('text')
  actor!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  observedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}
