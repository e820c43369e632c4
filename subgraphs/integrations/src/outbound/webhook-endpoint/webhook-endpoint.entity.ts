import type { OrganizationType } from '@gastronom/shared/viewer';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { PartnerEventType } from '../partner-event/partner-event.ts';

export type WebhookEndpointStatusName = 'ENABLED' | 'DISABLED';
export type DisabledBecauseName = 'OWNER' | 'GONE' | 'FAILING' | 'ORGANIZATION';

/** Where a partner wants to be told. */
@Entity('webhook_endpoints')
export class WebhookEndpointEntity {
  @PrimaryColumn('uuid')
  id!: string;

  /** Null for the shop's own. */
  @Column('uuid', { nullable: true })
  organizationId!: string | null;

  @Column('text')
  organizationType!: OrganizationType;

  @Column('text')
  url!: string;

  @Column('text')
  description!: string;

  @Column('text', { array: true })
  eventTypes!: PartnerEventType[];

  @Column('text')
  status!: WebhookEndpointStatusName;

  @Column('text', { nullable: true })
  disabledBecause!: DisabledBecauseName | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  disabledAt!: Date | null;

  /** Sealed. */
  @Column('text')
  secret!: string;

  /** The one before it, which signs too until then. Sealed. */
  @Column('text', { nullable: true })
  formerSecret!: string | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  formerSecretUntil!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  failingSince!: Date | null;

  @Column('text')
  createdBy!: string;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date;
}
