import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type OneCDeliveryStatusName = 'RECEIVED' | 'APPLIED' | 'PARTLY_APPLIED' | 'HELD' | 'FAILED' | 'DUPLICATE';
export type StockModeName = 'DELTA' | 'SNAPSHOT';

/** What 1C sent in one request, and what became of it. */
@Entity('one_c_deliveries')
export class OneCDeliveryEntity {
  /** In the order of arrival. */
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  receivedAt!: Date;

  @Column('text', { nullable: true })
  contentType!: string | null;

  /** As it came. Read only where it is asked for by name. */
  @Column('bytea', { select: false })
  body!: Buffer;

  @Column('integer')
  size!: number;

  @Column('bytea')
  bodyHash!: Buffer;

  @Column('bytea', { nullable: true })
  tokenHash!: Buffer | null;

  @Column('text', { nullable: true })
  webhookId!: string | null;

  @Column('text')
  status!: OneCDeliveryStatusName;

  @Column('text', { nullable: true })
  failureCode!: string | null;

  @Column('text', { nullable: true })
  failureMessage!: string | null;

  @Column('text', { nullable: true })
  warehouse!: string | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  observedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  requestedAt!: Date | null;

  @Column('text', { nullable: true })
  mode!: StockModeName | null;

  /** False for a part of a snapshot that others follow. */
  @Column('boolean', { nullable: true })
  complete!: boolean | null;

  /** How many items all parts hold together, as the sender says. */
  @Column('integer', { nullable: true })
  total!: number | null;

  @Column('integer', { nullable: true })
  items!: number | null;

  @Column('integer', { nullable: true })
  applied!: number | null;

  @Column('integer', { nullable: true })
  rejected!: number | null;

  /** What the parts of one snapshot have in common. */
  @Column('bytea', { nullable: true })
  snapshotKey!: Buffer | null;

  @Column('uuid', { nullable: true })
  runId!: string | null;

  @Column('integer')
  attempts!: number;

  @Column('integer')
  generation!: number;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  toldAt!: Date | null;
}
