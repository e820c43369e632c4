import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type SyncModeName = 'DELTA' | 'SNAPSHOT';
export type SyncRunStatusName = 'RUNNING' | 'HELD' | 'FINISHED' | 'FAILED' | 'CANCELLED';

/** Batches of one source that belong together. */
@Entity('sync_runs')
export class SyncRunEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  source!: string;

  @Column('text')
  mode!: SyncModeName;

  @Column('text')
  status!: SyncRunStatusName;

  /** External id of the warehouse that serves where a batch names none. */
  @Column('text', { nullable: true })
  warehouse!: string | null;

  /** Made by one call that named no run, and finished with it. */
  @Column('boolean')
  singleCall!: boolean;

  @Column('text')
  actor!: string;

  @Column('text', { nullable: true })
  heldBecause!: string | null;

  /** What the end of a snapshot hid; while the run is held, what it would hide. */
  @Column('integer')
  hidden!: number;

  @Column('integer')
  zeroed!: number;

  @Column('boolean')
  productsSettled!: boolean;

  @Column('boolean')
  stocksSettled!: boolean;

  @Column({ type: 'timestamptz', precision: 3 })
  startedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  finishedAt!: Date | null;
}
