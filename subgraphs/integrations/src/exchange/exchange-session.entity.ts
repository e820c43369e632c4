import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One log-in of 1C, and all that it brought under it. */
@Entity('exchange_sessions')
export class ExchangeSessionEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('bytea')
  tokenHash!: Buffer;

  @Column({ type: 'timestamptz', precision: 3 })
  startedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  lastSeenAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  expiresAt!: Date;

  @Column('bigint')
  bytes!: string;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  clearedAt!: Date | null;
}
