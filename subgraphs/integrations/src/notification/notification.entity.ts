import type { LanguageName, NotificationKindName } from '@gastronom/shared/notification';
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { TextParams } from './texts/texts.ts';

/** What somebody is told, once for each happening. */
@Entity('notifications')
export class NotificationEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('uuid')
  eventId!: string;

  @Column('text')
  kind!: NotificationKindName;

  @Column('text')
  subjectId!: string;

  @Column('text')
  recipientKind!: 'USER' | 'ORGANIZATION';

  @Column('uuid')
  recipientId!: string;

  @Column('text')
  language!: LanguageName;

  @Column('boolean')
  urgent!: boolean;

  @Column('jsonb')
  params!: TextParams;

  @Column({ type: 'timestamptz', precision: 3 })
  occurredAt!: Date;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readAt!: Date | null;
}
