import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type ExchangeFileStateName = 'RECEIVED' | 'QUEUED' | 'IMPORTING' | 'IMPORTED' | 'FAILED';

/** A file that 1C brought, in one piece or in many, or that lay in an archive which it brought. */
@Entity('exchange_files')
export class ExchangeFileEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('uuid')
  sessionId!: string;

  @Column('text')
  name!: string;

  /** The archive that it was unpacked from. */
  @Column('bigint', { nullable: true })
  archiveId!: string | null;

  @Column('bigint')
  bytes!: string;

  @Column('text')
  state!: ExchangeFileStateName;

  @Column('integer')
  rowsDone!: number;

  @Column('text', { nullable: true })
  failure!: string | null;

  @Column('text', { nullable: true })
  note!: string | null;

  @Column({ type: 'timestamptz', precision: 3 })
  receivedAt!: Date;

  /** When 1C first asked for its import. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  requestedAt!: Date | null;

  /** When its import last came forward. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  touchedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  finishedAt!: Date | null;
}
