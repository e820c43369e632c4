import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How asking 1C for the stock of a warehouse went. A warehouse that was never asked for has no row. */
@Entity('warehouse_refreshes')
export class WarehouseRefreshEntity {
  @PrimaryColumn('bigint')
  warehouseId!: string;

  /** When 1C was last asked. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  requestedAt!: Date | null;

  /** By when the request on its way counts as lost; null when none is. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  answerDueAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  answeredAt!: Date | null;

  /** The moment that the last answer speaks of. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  answeredAsOf!: Date | null;

  /** Failures in a row. */
  @Column('integer')
  failures!: number;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  nextAttemptAt!: Date | null;

  @Column('text', { nullable: true })
  lastFailure!: string | null;
}
