import type { EntityManager } from 'typeorm';
import type { Audience, PartnerEventType } from '../partner-event/partner-event.ts';
import type { EndpointSecrets } from '../webhook-endpoint/endpoint-secret.ts';
import type { Outcome } from './post-webhook.ts';
import type { SentEventType, WebhookFailureName } from './webhook-delivery.entity.ts';

export interface NewDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: SentEventType;
  readonly body: string;
}

/** A delivery in hand, with what is needed to send it. */
export interface ClaimedDelivery extends EndpointSecrets {
  readonly id: string;
  readonly endpointId: string;
  readonly url: string;
  readonly body: string;
  readonly step: number;
  readonly begunAt: Date;
  /** Whether the endpoint's last try failed. */
  readonly isFailing: boolean;
}

export interface ClaimLimits {
  /** How many at most, and how many of them to endpoints that fail. */
  readonly total: number;
  readonly failing: number;
  /** In hand at a time for one endpoint; for one that fails it is a single one. */
  readonly perEndpoint: number;
  /** What this process has in hand, by endpoint. */
  readonly inHand: ReadonlyMap<string, number>;
  /** When another process may take them, should this one die, in milliseconds. */
  readonly leaseMs: number;
}

/** What sending needs of the database: what to send, taken so that no other takes it, and what came of it. */
export class DeliveryQueueRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Endpoints of an audience that asked for a type of event, also those that are disabled. */
  listEndpoints(audience: Audience, type: PartnerEventType): Promise<{ id: string }[]> {
    return this.#manager.query(
      `SELECT id FROM webhook_endpoints
       WHERE $1 = ANY (event_types) AND CASE WHEN $2::uuid IS NULL THEN organization_type = 'SHOP' ELSE organization_id = $2 END
       ORDER BY id`,
      [type, audience.kind === 'ORGANIZATION' ? audience.id : null],
    );
  }

  /**
   * One delivery for each endpoint and event, however often the event comes. An endpoint that is disabled is told nothing,
   * but can be told later.
   * @returns how many are to be sent.
   */
  async insert(deliveries: readonly NewDelivery[]): Promise<number> {
    const rows = await this.#manager.query<{ status: string }[]>(
      `INSERT INTO webhook_deliveries (id, endpoint_id, event_id, event_type, body, status, failure, next_attempt_at)
       SELECT new.id, endpoint.id, new."eventId", new."eventType", new.body,
         CASE endpoint.status WHEN 'ENABLED' THEN 'PENDING' ELSE 'FAILED' END,
         CASE endpoint.status WHEN 'ENABLED' THEN NULL ELSE 'ENDPOINT_DISABLED' END,
         CASE endpoint.status WHEN 'ENABLED' THEN now() END
       FROM jsonb_to_recordset($1::jsonb) AS new(id uuid, "endpointId" uuid, "eventId" uuid, "eventType" text, body text)
       JOIN webhook_endpoints AS endpoint ON endpoint.id = new."endpointId"
       ON CONFLICT (endpoint_id, event_id) DO NOTHING
       RETURNING status`,
      [JSON.stringify(deliveries)],
    );
    return rows.filter(({ status }) => status === 'PENDING').length;
  }

  /**
   * Takes what is due, the longest due first: of each endpoint only a few, so that none stands before the others, and
   * those that fail last.
   */
  async claim({ total, failing, perEndpoint, inHand, leaseMs }: ClaimLimits): Promise<ClaimedDelivery[]> {
    const [rows] = await this.#manager.query<[ClaimedDelivery[], number]>(
      `WITH busy AS (SELECT * FROM unnest($1::uuid[], $2::int[]) AS busy(id, count)),
       due AS (
         SELECT waiting.id, waiting.next_attempt_at, endpoint.failing_since IS NOT NULL AS failing
         FROM webhook_endpoints AS endpoint LEFT JOIN busy ON busy.id = endpoint.id
         CROSS JOIN LATERAL (
           SELECT delivery.id, delivery.next_attempt_at FROM webhook_deliveries AS delivery
           WHERE delivery.endpoint_id = endpoint.id AND delivery.status = 'PENDING' AND delivery.next_attempt_at <= now()
           ORDER BY delivery.next_attempt_at
           LIMIT greatest(0, CASE WHEN endpoint.failing_since IS NULL THEN $3 ELSE 1 END - coalesce(busy.count, 0))
           FOR UPDATE SKIP LOCKED) AS waiting
         WHERE endpoint.status = 'ENABLED'),
       placed AS (SELECT *, row_number() OVER (PARTITION BY failing ORDER BY next_attempt_at) AS place FROM due),
       taken AS (
         SELECT id FROM placed WHERE NOT failing OR place <= $5 ORDER BY failing, next_attempt_at LIMIT $4)
       UPDATE webhook_deliveries AS delivery
       SET next_attempt_at = now() + $6 * interval '1 millisecond'
       FROM taken, webhook_endpoints AS endpoint
       WHERE delivery.id = taken.id AND endpoint.id = delivery.endpoint_id
       RETURNING delivery.id, delivery.endpoint_id AS "endpointId", delivery.body, delivery.step,
         delivery.begun_at AS "begunAt", endpoint.url, endpoint.secret, endpoint.former_secret AS "formerSecret",
         endpoint.former_secret_until AS "formerSecretUntil", endpoint.failing_since IS NOT NULL AS "isFailing"`,
      [[...inHand.keys()], [...inHand.values()], perEndpoint, total, failing, leaseMs],
    );
    return rows;
  }

  /** A try that succeeded, in one statement: most tries do. */
  async recordSuccess(id: string, outcome: Outcome): Promise<void> {
    await this.#manager.query(
      `WITH delivered AS (
         UPDATE webhook_deliveries
         SET status = 'DELIVERED', failure = NULL, attempts = attempts + 1, step = step + 1, next_attempt_at = NULL,
           delivered_at = now()
         WHERE id = $1 RETURNING id)
       ${insertAttempt('delivered')}`,
      attemptParameters(id, outcome),
    );
  }

  /** A try that failed. @param nextAttemptAt null where it was the last. */
  async recordFailure(id: string, outcome: Outcome, nextAttemptAt: Date | null): Promise<void> {
    await this.#manager.query(
      `WITH failed AS (
         UPDATE webhook_deliveries
         SET status = CASE WHEN $7::timestamptz IS NULL THEN 'FAILED' ELSE 'PENDING' END,
           failure = $5, attempts = attempts + 1, step = step + 1, next_attempt_at = $7
         -- It may have been given up, or delivered by another, while it was in hand.
         WHERE id = $1 AND status = 'PENDING' RETURNING id)
       ${insertAttempt('failed')}`,
      [...attemptParameters(id, outcome), nextAttemptAt],
    );
  }
}

const insertAttempt = (from: string): string =>
  `INSERT INTO webhook_attempts (delivery_id, at, duration_ms, status_code, failure, answer)
   SELECT id, $2::timestamptz, $3::int, $4::int, $5::text, $6::text FROM ${from}`;

const attemptParameters = (
  id: string,
  { at, durationMs, statusCode, failure, answer }: Outcome,
): [string, Date, number, number | null, WebhookFailureName | null, string | null] => [
  id,
  at,
  durationMs,
  statusCode,
  failure,
  answer,
];
