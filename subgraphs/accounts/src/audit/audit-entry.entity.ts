import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A sensitive act, as it stands in the log. What chains the entries is set by the database. */
@Entity('audit_entries')
export class AuditEntryEntity {
  /** Without gaps, from 1. */
  @PrimaryColumn({ type: 'bigint', transformer: { from: Number, to: String } })
  seq!: number;

  /** Of the act: delivered twice, it stands here once. */
  @Column('uuid', { unique: true })
  id!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  occurredAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  recordedAt!: Date;

  /** As `actorOf` names a viewer. */
  @Column('text')
  actor!: string;

  @Column('text', { nullable: true })
  ip!: string | null;

  @Column('text', { nullable: true })
  userAgent!: string | null;

  @Column('text')
  requestId!: string;

  @Column('text')
  action!: string;

  @Column('text')
  subjectType!: string;

  @Column('text')
  subjectId!: string;

  @Column('jsonb', { nullable: true })
  before!: Record<string, unknown> | null;

  @Column('jsonb', { nullable: true })
  after!: Record<string, unknown> | null;

  /** Of the entry before; 32 zero bytes where there is none. */
  @Column('bytea')
  previousHash!: Buffer;

  /** SHA-256 of the whole entry, the hash before it included. */
  @Column('bytea')
  hash!: Buffer;
}
