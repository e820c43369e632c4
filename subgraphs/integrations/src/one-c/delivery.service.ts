import { createHash } from 'node:crypto';
import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import { isBigintId } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { IntegrationsContext } from '../context.ts';
import { SyncRunRepository } from '../sync/sync-run.repository.ts';
import { applyDeliveryJob } from './apply-delivery.job.ts';
import { DeliveryTrouble } from './delivery-trouble.ts';
import type { OneCDeliveryEntity, OneCDeliveryStatusName } from './one-c-delivery.entity.ts';
import { deliveryError } from './one-c-delivery.errors.ts';
import { OneCDeliveryRepository } from './one-c-delivery.repository.ts';
import { hashToken } from './one-c-trigger.repository.ts';
import { parsePayload } from './stock-payload.ts';

/** A request of 1C, as it came. */
export interface Received {
  readonly receivedAt: Date;
  readonly contentType: string | null;
  readonly body: Buffer;
  readonly token: string | null;
  readonly webhookId: string | null;
}

export interface ReplayAnswer {
  readonly delivery: OneCDeliveryEntity | null;
  readonly userErrors: readonly UserError[];
}

/** One that still waits may have lost its job with a process; those that are done stay as they are. */
const unfinished: ReadonlySet<OneCDeliveryStatusName> = new Set(['RECEIVED', 'FAILED', 'PARTLY_APPLIED']);

/** Keeps what 1C sends, and sees to it that it is applied. */
export class DeliveryService {
  readonly #context: IntegrationsContext;

  constructor(context: IntegrationsContext) {
    this.#context = context;
  }

  /**
   * Keeps the bytes and enqueues their application, both or neither. What can be told to be broken at once is refused, and
   * kept all the same: a 1C that does not look at answers loses nothing.
   * @returns the id of the delivery.
   */
  async receive({ receivedAt, contentType, body, token, webhookId }: Received): Promise<string> {
    const delivery = {
      receivedAt,
      contentType,
      body,
      size: body.length,
      bodyHash: createHash('sha256').update(body).digest(),
      tokenHash: token === null ? null : hashToken(token),
      webhookId,
    };
    try {
      parsePayload(delivery);
    } catch (error) {
      if (!(error instanceof DeliveryTrouble)) throw error;
      const { code, message } = error;
      const deliveries = new OneCDeliveryRepository(this.#context.manager);
      const id = await deliveries.insert({
        ...delivery,
        status: 'FAILED',
        failureCode: code,
        failureMessage: message,
      });
      throw new DomainError('BAD_REQUEST', `${message} It is kept as delivery ${id}, and nothing of it was applied.`);
    }
    return inTransaction(this.#context.manager, async (manager) => {
      const id = await new OneCDeliveryRepository(manager).insert({ ...delivery, status: 'RECEIVED' });
      await this.#context.jobs.send(manager, applyDeliveryJob, { deliveryId: id });
      return id;
    });
  }

  /** Has a delivery applied once more. What was applied is recognised, so that nothing happens twice. */
  async replay(id: string): Promise<ReplayAnswer> {
    const missing = { delivery: null, userErrors: [deliveryError('NOT_FOUND', ['id'], `There is no delivery ${id}.`)] };
    if (!isBigintId(id)) return missing;
    return inTransaction(this.#context.manager, async (manager) => {
      const deliveries = new OneCDeliveryRepository(manager);
      const delivery = await deliveries.lock(id);
      if (!delivery) return missing;
      if (unfinished.has(delivery.status)) {
        await deliveries.update(id, { status: 'RECEIVED', toldAt: null, ...(await this.#renewal(manager, delivery)) });
        await this.#context.jobs.send(manager, applyDeliveryJob, { deliveryId: id });
        await recordAudit(this.#context.jobs, manager, this.#context, {
          action: 'delivery.replay',
          subject: { type: 'OneCDelivery', id },
          before: { status: delivery.status },
          after: { status: 'RECEIVED' },
        });
      }
      return { delivery: await deliveries.findById(id), userErrors: [] };
    });
  }

  /** A run that is over takes no more: then the rows are applied by a new one. A run that waits or failed is gone on with. */
  async #renewal(manager: EntityManager, delivery: OneCDeliveryEntity): Promise<Partial<OneCDeliveryEntity>> {
    const run = delivery.runId ? await new SyncRunRepository(manager).findById(delivery.runId) : null;
    const isOpen = run?.status === 'RUNNING' || run?.status === 'FAILED';
    return run === null || isOpen ? {} : { runId: null, generation: delivery.generation + 1 };
  }
}
