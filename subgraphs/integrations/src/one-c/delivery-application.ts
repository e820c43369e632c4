import { createHash } from 'node:crypto';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import { actorOf } from '@gastronom/shared/viewer';
import type { IntegrationsContext } from '../context.ts';
import { Duplicates } from '../row/duplicates.ts';
import { noteGoods } from '../row/stock-row.ts';
import { applyStocks } from '../sync/apply-stocks.ts';
import { type Apply, SyncBatchService } from '../sync/sync-batch.service.ts';
import type { SyncCall } from '../sync/sync-call.ts';
import type { SyncRunEntity } from '../sync/sync-run.entity.ts';
import { SyncRunRepository } from '../sync/sync-run.repository.ts';
import { type DeliveryFrame, frameDelivery } from './delivery-frame.ts';
import { DeliveryDelay, type DeliveryFailure, DeliveryTrouble } from './delivery-trouble.ts';
import type { OneCDeliveryEntity, OneCDeliveryStatusName } from './one-c-delivery.entity.ts';
import { OneCDeliveryRepository } from './one-c-delivery.repository.ts';
import { OneCTriggerRepository } from './one-c-trigger.repository.ts';
import { endRun } from './snapshot-end.ts';
import { type PayloadRow, readRow } from './stock-payload.ts';

/** The feed under which stock that 1C brings itself is kept. */
const source = 'one_c';

/** Rows that one transaction applies: more are a little faster together, and hold the process up for other requests. */
const chunkSize = 5_000;

interface Tally {
  readonly applied: number;
  readonly rejected: number;
}

const isApplied = (status: OneCDeliveryStatusName): boolean =>
  status === 'APPLIED' || status === 'PARTLY_APPLIED' || status === 'HELD';

function failureOf(error: unknown): DeliveryFailure {
  if (error instanceof DeliveryTrouble || error instanceof DeliveryDelay || error instanceof DomainError)
    return { code: error.code, message: error.message };
  return { code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on our side. Our logs say more; replay it.' };
}

/** What a delivery says, for those who look at it. */
function factsOf({ warehouse, observedAt, trigger, mode, complete, total, items }: DeliveryFrame) {
  const requestedAt = trigger?.requestedAt ?? null;
  return { warehouse, observedAt, requestedAt, mode, complete, total, items: items.length };
}

/**
 * Applies deliveries, as `syncStocks` does: the same runs, rows, fuse and parked stock. Each step may be done again: a
 * process that dies half-way leaves it to the next one, and what was applied is known by its key.
 */
export class DeliveryApplication {
  readonly #context: IntegrationsContext;
  readonly #deliveries: OneCDeliveryRepository;

  constructor(context: IntegrationsContext) {
    this.#context = context;
    this.#deliveries = new OneCDeliveryRepository(context.manager);
  }

  async apply(id: string, isLastAttempt: boolean): Promise<void> {
    const delivery = await this.#deliveries.findWithBody(id);
    if (!delivery) return;
    try {
      if (delivery.status === 'RECEIVED') await this.#applyOnce(delivery);
    } catch (error) {
      await this.#fail(id, error, isLastAttempt);
      if (!(error instanceof DeliveryTrouble)) throw error;
      this.#context.logger.warn({ deliveryId: id, code: error.code }, 'a delivery of 1C cannot be applied');
      return;
    }
    await this.#tell(id);
  }

  async #applyOnce(delivery: OneCDeliveryEntity): Promise<void> {
    const { id, tokenHash } = delivery;
    await this.#deliveries.updateAttempts(id);
    const frame = await frameDelivery(this.#context, delivery);
    const run = await this.#begin(delivery, frame);
    if (!run) return;
    const tally = await this.#applyRows(delivery, frame, run);
    await this.#deliveries.update(id, tally);
    const standing = await endRun(this.#context, run, { ...delivery, ...factsOf(frame), ...tally });
    if (tally.applied === 0 && tally.rejected > 0)
      throw new DeliveryTrouble('NO_ROW_APPLIED', 'No row could be applied: see the rejected rows of its run.');
    if (frame.complete && tokenHash) await new OneCTriggerRepository(this.#context.manager).updateSpent(tokenHash);
    await this.#deliveries.update(id, standing);
  }

  /** Writes down what went wrong. A run that nobody will go on with by itself ends; a snapshot may get its parts yet. */
  async #fail(id: string, error: unknown, isLastAttempt: boolean): Promise<void> {
    const isFinal = isLastAttempt || error instanceof DeliveryTrouble;
    const { code, message } = failureOf(error);
    const delivery = isFinal ? await this.#deliveries.findById(id) : null;
    const run = delivery?.runId && (await new SyncRunRepository(this.#context.manager).findById(delivery.runId));
    if (delivery && run && run.mode === 'DELTA') await endRun(this.#context, run, delivery);
    const status = isFinal ? 'FAILED' : 'RECEIVED';
    await this.#deliveries.update(id, { status, failureCode: code, failureMessage: message });
  }

  /**
   * Finds the run that its rows stand in: its own, or that of the snapshot which it is a part of. Nothing for a delivery
   * that says again what another one said; what was begun is gone on with, whoever said the same meanwhile.
   */
  #begin(delivery: OneCDeliveryEntity, frame: DeliveryFrame): Promise<SyncRunEntity | undefined> {
    const { id, runId } = delivery;
    const { snapshotKey } = frame;
    return inTransaction(this.#context.manager, async (manager) => {
      const deliveries = new OneCDeliveryRepository(manager);
      const runs = new SyncRunRepository(manager);
      await deliveries.lockBeginning();
      const same = runId ? null : await deliveries.findSame(delivery, frame.namesItsMoment);
      if (same) {
        const failure = { failureCode: 'DUPLICATE', failureMessage: `It says the same as delivery ${same}.` };
        await deliveries.update(id, { ...factsOf(frame), status: 'DUPLICATE', ...failure });
        return undefined;
      }
      const known = runId ?? (snapshotKey && (await deliveries.findSnapshotRun(snapshotKey)));
      const run = (known && (await runs.findById(known))) || (await runs.insert(this.#newRun(delivery, frame)));
      await deliveries.update(id, { ...factsOf(frame), snapshotKey, runId: run.id });
      return run;
    });
  }

  #newRun({ generation }: OneCDeliveryEntity, { mode, warehouse }: DeliveryFrame) {
    return {
      source,
      // The end of a snapshot that is over is not done again: its rows alone are.
      mode: generation > 0 ? 'DELTA' : mode,
      status: 'RUNNING',
      warehouse,
      singleCall: false,
      actor: actorOf(this.#context.viewer),
      startedAt: new Date(),
    } as const;
  }

  async #applyRows(delivery: OneCDeliveryEntity, frame: DeliveryFrame, run: SyncRunEntity): Promise<Tally> {
    const chunks = Math.max(1, Math.ceil(frame.items.length / chunkSize));
    const before = new Duplicates();
    let rejected = 0;
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      const rows = frame.items.slice(chunk * chunkSize, (chunk + 1) * chunkSize).map(readRow);
      const fields = rows.map((row) => row.fields);
      const call = this.#call(delivery, frame, run, chunk, rows);
      rejected += await this.#submit(call, applyStocks(this.#context, frame.warehouse, fields, before));
      if (chunk < chunks - 1) noteGoods(before, fields);
    }
    return { applied: frame.items.length - rejected, rejected };
  }

  /** The batch of a chunk: by its key it is known again, whoever goes on with a delivery that was begun. */
  #call(
    { id, generation, bodyHash, receivedAt }: OneCDeliveryEntity,
    { observedAt }: DeliveryFrame,
    run: SyncRunEntity,
    chunk: number,
    rows: readonly PayloadRow[],
  ): SyncCall {
    return {
      kind: 'STOCKS',
      source,
      runId: run.id,
      idempotencyKey: generation === 0 ? `delivery:${id}:${chunk}` : `delivery:${id}.${generation}:${chunk}`,
      observedAt,
      receivedAt,
      items: rows.map(({ row }) => row),
      fingerprint: createHash('sha256').update(bodyHash).update(`:${chunk}`).digest(),
    };
  }

  /** @returns how many rows were rejected. */
  async #submit(call: SyncCall, apply: Apply): Promise<number> {
    const { results, userErrors } = await new SyncBatchService(this.#context).submit(call, apply);
    const [failure] = userErrors;
    if (failure) throw new DeliveryDelay(failure.code, failure.message);
    return results.filter(({ outcome }) => outcome === 'REJECTED').length;
  }

  /** Lets inventory know that 1C has answered, once all of an answer is there. */
  async #tell(id: string): Promise<void> {
    const delivery = await this.#deliveries.findById(id);
    if (!delivery || !isApplied(delivery.status)) return;
    const { warehouse, complete, requestedAt, toldAt } = delivery;
    if (toldAt || !warehouse || !complete) return;
    const { inventory, warehouses } = this.#context;
    const found = (await warehouses.find(inventory, [warehouse]))(warehouse);
    if (found)
      await inventory.reportStockRefresh({
        warehouseId: found.id,
        requestedAt: requestedAt?.toISOString() ?? null,
        outcome: 'ANSWERED',
      });
    await this.#deliveries.update(id, { toldAt: new Date() });
  }
}
