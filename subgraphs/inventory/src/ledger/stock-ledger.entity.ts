import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type StockLedgerReason =
  | 'SYNC'
  | 'SNAPSHOT'
  | 'MOVED'
  | 'RESERVED'
  | 'RELEASED'
  | 'EXPIRED'
  | 'HANDED_OVER'
  | 'SETTLED'
  | 'REPAIRED';

/** One change of one quantity, or of what is reserved of a good in all warehouses. */
@Entity('stock_ledger')
export class StockLedgerEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('text')
  productSku!: string;

  /** Null where it is about what is reserved. */
  @Column('bigint', { nullable: true })
  warehouseId!: string | null;

  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  fromQuantity!: string | null;

  @Column({ type: 'numeric', precision: 14, scale: 3 })
  toQuantity!: string;

  @Column('text', { nullable: true })
  orderKey!: string | null;

  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  fromReserved!: string | null;

  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  toReserved!: string | null;

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
