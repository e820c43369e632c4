import type { ChannelKindName, LanguageName, NotificationKindName } from '@gastronom/shared/notification';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

export type OwnerKindName = 'USER' | 'ORGANIZATION';
export type ChannelStatusName = 'ACTIVE' | 'UNCONFIRMED' | 'OFF';

/** Where a person or an organisation wants to be told. */
@Entity('notification_channels')
export class NotificationChannelEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  ownerKind!: OwnerKindName;

  @Column('uuid')
  ownerId!: string;

  @Column('text')
  kind!: ChannelKindName;

  @Column('text')
  name!: string;

  /** Sealed. */
  @Column('text')
  target!: string;

  @Column('text')
  maskedTarget!: string;

  @Column('text')
  status!: ChannelStatusName;

  @Column('text', { nullable: true })
  offReason!: string | null;

  /** Of an organisation's channel; all where it is null. */
  @Column('text', { array: true, nullable: true })
  kinds!: NotificationKindName[] | null;

  @Column('text')
  language!: LanguageName;

  @Column('integer')
  failures!: number;

  @Column('timestamptz', { nullable: true })
  testedAt!: Date | null;

  /** Sealed. */
  @Column('text', { nullable: true })
  confirmationCode!: string | null;

  @Column('integer')
  confirmationTries!: number;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
