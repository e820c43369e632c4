import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The circuit breaker before 1C: one row. */
@Entity('refresh_breaker')
export class RefreshBreakerEntity {
  @PrimaryColumn('boolean')
  id!: boolean;

  /** Failures in a row, over all warehouses. */
  @Column('integer')
  failures!: number;

  /** Null while it is closed. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  openedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  openUntil!: Date | null;
}
