import type { EntityManager } from 'typeorm';
import { type EndpointScope, scopeParameters, scopeSql } from '../webhook-endpoint/endpoint-scope.ts';
import { WebhookEndpointEntity } from '../webhook-endpoint/webhook-endpoint.entity.ts';
import { WebhookAttemptEntity } from './webhook-attempt.entity.ts';
import {
  type SentEventType,
  WebhookDeliveryEntity,
  type WebhookDeliveryStatusName,
} from './webhook-delivery.entity.ts';

export interface DeliveryFilter {
  readonly status?: WebhookDeliveryStatusName | null;
  readonly eventType?: SentEventType | null;
}

export interface DeliveryPlace {
  readonly moment: string;
  readonly id: string;
}

/** What graph and services read and write of deliveries; sending has a repository of its own. */
export class WebhookDeliveryRepository {
  readonly #manager: EntityManager;
  readonly #deliveries;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#deliveries = manager.getRepository(WebhookDeliveryEntity);
  }

  find(id: string, scope: EndpointScope): Promise<WebhookDeliveryEntity | null> {
    return this.#deliveries
      .createQueryBuilder('delivery')
      .innerJoin(WebhookEndpointEntity, 'endpoint', 'endpoint.id = delivery.endpoint_id')
      .where(scopeSql, scopeParameters(scope))
      .andWhere('delivery.id = :id', { id })
      .getOne();
  }

  /** Newest first, from behind the delivery at the cursor. */
  list(
    endpointId: string,
    filter: DeliveryFilter,
    size: number,
    after?: DeliveryPlace,
  ): Promise<WebhookDeliveryEntity[]> {
    const query = this.#filtered(endpointId, filter)
      .orderBy('delivery.createdAt', 'DESC')
      .addOrderBy('delivery.id', 'DESC')
      .take(size);
    if (after) query.andWhere('(delivery.createdAt, delivery.id) < (:moment::timestamptz, :id::uuid)', after);
    return query.getMany();
  }

  count(endpointId: string, filter: DeliveryFilter): Promise<number> {
    return this.#filtered(endpointId, filter).getCount();
  }

  /** The tries of deliveries, oldest first. */
  listAttempts(deliveryIds: readonly string[]): Promise<WebhookAttemptEntity[]> {
    return this.#manager
      .getRepository(WebhookAttemptEntity)
      .createQueryBuilder('attempt')
      .where('attempt.deliveryId = ANY (:ids::uuid[])', { ids: [...deliveryIds] })
      .orderBy('attempt.id')
      .getMany();
  }

  /** Begins a new series for one, whatever became of it. */
  async updateToRedeliver(id: string): Promise<void> {
    await this.#manager.query(
      `UPDATE webhook_deliveries
       SET status = 'PENDING', failure = NULL, step = 0, begun_at = now(), next_attempt_at = now(), delivered_at = NULL
       WHERE id = $1`,
      [id],
    );
  }

  /** The same for all of an endpoint that failed and are of a moment or later. */
  async updateFailedToRedeliver(endpointId: string, since: Date): Promise<number> {
    const [, count] = await this.#manager.query<[unknown, number]>(
      `UPDATE webhook_deliveries
       SET status = 'PENDING', failure = NULL, step = 0, begun_at = now(), next_attempt_at = now()
       WHERE endpoint_id = $1 AND status = 'FAILED' AND created_at >= $2`,
      [endpointId, since],
    );
    return count;
  }

  /** What waits for an endpoint that is told nothing any more is kept, and not sent. */
  async updatePendingToFailed(endpointId: string): Promise<void> {
    await this.#manager.query(
      `UPDATE webhook_deliveries SET status = 'FAILED', failure = 'ENDPOINT_DISABLED', next_attempt_at = NULL
       WHERE endpoint_id = $1 AND status = 'PENDING'`,
      [endpointId],
    );
  }

  async deleteBefore(moment: Date): Promise<void> {
    await this.#manager.query('DELETE FROM webhook_deliveries WHERE created_at < $1', [moment]);
  }

  #filtered(endpointId: string, { status, eventType }: DeliveryFilter) {
    const query = this.#deliveries.createQueryBuilder('delivery').where({ endpointId });
    if (status) query.andWhere('delivery.status = :status', { status });
    if (eventType) query.andWhere('delivery.eventType = :eventType', { eventType });
    return query;
  }
}
