import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type AttemptPurposeName = 'NOTIFICATION' | 'DIGEST' | 'TEST' | 'CONFIRMATION';
export type AttemptOutcomeName = 'SENT' | 'RETRY' | 'FAILED' | 'SWITCHED_OFF';

/** One try to send something. */
@Entity('notification_attempts')
export class NotificationAttemptEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  /** Null: the e-mail address of a person's account. */
  @Column('uuid', { nullable: true })
  channelId!: string | null;

  @Column('text')
  lane!: string;

  @Column('bigint', { nullable: true })
  notificationId!: string | null;

  @Column('text')
  purpose!: AttemptPurposeName;

  @Column('text')
  outcome!: AttemptOutcomeName;

  /** How many notifications went together. */
  @Column('integer')
  messages!: number;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('timestamptz', { nullable: true })
  retryAt!: Date | null;

  @Column('integer')
  tookMs!: number;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}
