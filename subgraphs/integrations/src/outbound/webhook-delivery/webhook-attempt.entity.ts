import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { WebhookFailureName } from './webhook-delivery.entity.ts';

/** One try of a delivery. */
@Entity('webhook_attempts')
export class WebhookAttemptEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @Column('uuid')
  deliveryId!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;

  @Column('integer')
  durationMs!: number;

  /** Null where nothing was answered. */
  @Column('integer', { nullable: true })
  statusCode!: number | null;

  @Column('text', { nullable: true })
  failure!: WebhookFailureName | null;

  /** The beginning of what was answered. */
  @Column('text', { nullable: true })
  answer!: string | null;
}
