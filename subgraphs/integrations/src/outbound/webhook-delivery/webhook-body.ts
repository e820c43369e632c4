import type { SentEventType } from './webhook-delivery.entity.ts';

/** What a partner gets. */
export interface WebhookBody {
  /** The same as the header webhook-id: what came before is known by it. */
  readonly id: string;
  readonly type: SentEventType;
  readonly version: number;
  /** When it happened. */
  readonly timestamp: string;
  readonly data: unknown;
}

export const webhookBody = ({ id, type, version, timestamp, data }: WebhookBody): string =>
  JSON.stringify({ id, type, version, timestamp, data });
