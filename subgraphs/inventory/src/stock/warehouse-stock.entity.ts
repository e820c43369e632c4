import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** How much of a good lies in a warehouse, as 1C said last. Keyed by SKU: the catalogue need not know the good. */
@Entity('warehouse_stocks')
export class WarehouseStockEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('bigint')
  warehouseId!: string;

  @Column('text')
  productSku!: string;

  /** Exact, as a decimal string; negative where 1C sold more than it had counted in. */
  @Column({ type: 'numeric', precision: 14, scale: 3 })
  quantity!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  syncedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  observedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;

  @Column('text')
  source!: string;

  @Column('uuid')
  runId!: string;

  /** The catalogue did not know the SKU when this came. */
  @Column('boolean')
  parked!: boolean;
}
