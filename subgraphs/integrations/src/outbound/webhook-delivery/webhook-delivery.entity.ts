import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { PartnerEventType } from '../partner-event/partner-event.ts';

export type WebhookDeliveryStatusName = 'PENDING' | 'DELIVERED' | 'FAILED';

/** What is sent with `sendTestEvent`, whatever an endpoint asked for. */
export const testEventType = 'webhook.test';
export type SentEventType = PartnerEventType | typeof testEventType;

export type WebhookFailureName =
  | 'STATUS'
  | 'REDIRECT'
  | 'TIMEOUT'
  | 'CONNECTION'
  | 'UNKNOWN_HOST'
  | 'CERTIFICATE'
  | 'ADDRESS_REFUSED'
  | 'SECRET_UNREADABLE'
  | 'ENDPOINT_DISABLED';

/** What one endpoint is told of one event. */
@Entity('webhook_deliveries')
export class WebhookDeliveryEntity {
  /** The webhook-id, of every try. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  endpointId!: string;

  @Column('uuid')
  eventId!: string;

  @Column('text')
  eventType!: SentEventType;

  /** Byte for byte what is signed and sent. */
  @Column('text')
  body!: string;

  @Column('text')
  status!: WebhookDeliveryStatusName;

  @Column('text', { nullable: true })
  failure!: WebhookFailureName | null;

  @Column('integer')
  attempts!: number;

  /** Tries of the running series: a redelivery begins another. */
  @Column('integer')
  step!: number;

  @Column({ type: 'timestamptz', precision: 3 })
  begunAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  nextAttemptAt!: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  deliveredAt!: Date | null;
}
