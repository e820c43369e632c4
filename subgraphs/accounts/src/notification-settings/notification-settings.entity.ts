import type { ChannelKindName, DigestName, LanguageName, NotificationKindName } from '@gastronom/shared/notification';
import { Column, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** How a person wants to be told. Who has no row wants it as everybody. */
@Entity('notification_settings')
export class NotificationSettingsEntity {
  @PrimaryColumn('uuid')
  userId!: string;

  @Column('text')
  language!: LanguageName;

  @Column('text')
  timeZone!: string;

  /** Local time of day, `HH:MM`. */
  @Column('text', { nullable: true })
  quietFrom!: string | null;

  @Column('text', { nullable: true })
  quietTo!: string | null;

  @Column('text')
  digest!: DigestName;

  @Column('text')
  digestAt!: string;

  /** The kinds of notification for which the person chose, each with the kinds of channels. */
  @Column('jsonb')
  kinds!: Partial<Record<NotificationKindName, ChannelKindName[]>>;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date | null;
}
