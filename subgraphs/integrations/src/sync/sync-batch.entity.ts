import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { RowError } from '../row/row-error.ts';

export type BatchKind = 'PRODUCTS' | 'STOCKS' | 'CATEGORIES' | 'WAREHOUSES';
export type BatchStatus = 'COMPLETED' | 'FAILED';

/** One call and its answer. */
@Entity('sync_batches')
export class SyncBatchEntity {
  /** In the order of arrival. */
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('uuid')
  runId!: string;

  @Column('text')
  source!: string;

  @Column('text')
  kind!: BatchKind;

  @Column('text')
  status!: BatchStatus;

  @Column('text', { nullable: true })
  idempotencyKey!: string | null;

  /** SHA-256 of what was sent. */
  @Column('bytea')
  fingerprint!: Buffer;

  @Column({ type: 'timestamptz', precision: 3 })
  observedAt!: Date;

  /** One letter a row: C created, U updated, N unchanged, S stale, P parked, R rejected. */
  @Column('text')
  outcomes!: string;

  /** What each row was about, as far as that is known. */
  @Column('json')
  skus!: (string | null)[];

  /** By the index of the row. */
  @Column('json')
  errors!: Record<string, readonly RowError[]>;

  /** What went wrong, for people; null when nothing did. */
  @Column('text', { nullable: true })
  failure!: string | null;

  /** Whether it told inventory of any stock. */
  @Column('boolean')
  hasStock!: boolean;

  @Column('integer')
  received!: number;

  @Column('integer')
  created!: number;

  @Column('integer')
  updated!: number;

  @Column('integer')
  unchanged!: number;

  @Column('integer')
  stale!: number;

  @Column('integer')
  parked!: number;

  @Column('integer')
  rejected!: number;

  @Column({ type: 'timestamptz', precision: 3 })
  receivedAt!: Date;
}
