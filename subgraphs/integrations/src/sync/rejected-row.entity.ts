import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { RowError } from '../row/row-error.ts';

/** A row that was not taken, as it came. */
@Entity('sync_rejected_rows')
export class RejectedRowEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('uuid')
  runId!: string;

  @Column('bigint')
  batchId!: string;

  /** Its place in the batch, from 0. */
  @Column('integer', { name: 'row_index' })
  index!: number;

  @Column('json', { name: 'content' })
  row!: unknown;

  @Column('json')
  errors!: RowError[];
}
