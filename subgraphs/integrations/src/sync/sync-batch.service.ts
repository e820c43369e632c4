import { randomUUID } from 'node:crypto';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import type { UserError } from '@gastronom/shared/user-error.type';
import { actorOf } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import type { IntegrationsContext } from '../context.ts';
import type { BatchHead, PeerError } from '../peer.ts';
import type { NewRejectedRow } from './rejected-row.repository.ts';
import { RejectedRowRepository } from './rejected-row.repository.ts';
import { afterRetry, fromColumns, outcomeAt, type RowAnswer, shown, toColumns } from './row-answer.ts';
import { syncError } from './sync.errors.ts';
import type { SyncBatchEntity } from './sync-batch.entity.ts';
import { SyncBatchRepository } from './sync-batch.repository.ts';
import { lockOf, type SyncCall } from './sync-call.ts';
import type { SyncRunEntity } from './sync-run.entity.ts';
import { SyncRunRepository } from './sync-run.repository.ts';

/** What became of a batch. */
export interface Applied {
  /** One for each row, in their order. */
  readonly answers: readonly RowAnswer[];
  /** What rejected rows are about, by their index. */
  readonly identities: (index: number) => Pick<NewRejectedRow, 'sku' | 'barcode'>;
  readonly hasStock: boolean;
  readonly failures: readonly { readonly error: PeerError; readonly message: string }[];
}

/** What those who apply a batch are given: its head, the run it stands in, and the transaction that records it. */
export interface BatchScope extends BatchHead {
  readonly warehouse: string | null;
  readonly manager: EntityManager;
}

export type Apply = (scope: BatchScope) => Promise<Applied>;

export interface SyncAnswer {
  readonly run: SyncRunEntity;
  readonly replayed: boolean;
  readonly results: readonly RowAnswer[];
  readonly userErrors: readonly UserError[];
}

interface Repositories {
  readonly manager: EntityManager;
  readonly runs: SyncRunRepository;
  readonly batches: SyncBatchRepository;
  readonly rejectedRows: RejectedRowRepository;
}

/**
 * Takes batches: each call once, however often and however many at a time it is sent.
 *
 * The transaction that records a batch holds the lock of its call while catalog and inventory apply it, each in a
 * transaction of its own. Should this process die between, nothing is recorded, and the same call again finds that
 * what was applied is UNCHANGED.
 */
export class SyncBatchService {
  readonly #context: IntegrationsContext;

  constructor(context: IntegrationsContext) {
    this.#context = context;
  }

  submit(call: SyncCall, apply: Apply): Promise<SyncAnswer> {
    return this.#context.gate.run(() =>
      inTransaction(this.#context.manager, (manager) => {
        const repositories = {
          manager,
          runs: new SyncRunRepository(manager),
          batches: new SyncBatchRepository(manager),
          rejectedRows: new RejectedRowRepository(manager),
        };
        return this.#once(repositories, call, apply);
      }),
    );
  }

  async #once(repositories: Repositories, call: SyncCall, apply: Apply): Promise<SyncAnswer> {
    const { runs, batches } = repositories;
    await batches.lockCall(lockOf(call));
    const earlier = await this.#earlier(batches, call);
    if (earlier?.status === 'COMPLETED') {
      const run = await this.#run(runs, earlier.runId);
      return { run, replayed: true, results: fromColumns(earlier), userErrors: [] };
    }
    const run = await this.#openRun(runs, call, earlier);
    const scope = {
      source: call.source,
      runId: run?.id ?? randomUUID(),
      // What a key stands for was seen when it was first sent.
      observedAt: call.observedAt ?? (earlier?.idempotencyKey ? earlier.observedAt : call.receivedAt),
      actor: actorOf(this.#context.viewer),
      mode: run?.mode ?? 'DELTA',
      warehouse: run?.warehouse ?? null,
      manager: repositories.manager,
    };
    const applied = await apply(scope);
    return this.#record(repositories, call, { scope, run, earlier, applied });
  }

  /**
   * The batch that this call repeats: one with its key, or without a key one with its bytes that failed, or that nothing
   * newer has touched.
   */
  async #earlier(batches: SyncBatchRepository, call: SyncCall): Promise<SyncBatchEntity | null> {
    if (call.idempotencyKey !== null) {
      const earlier = await batches.findByKey(call.source, call.kind, call.idempotencyKey);
      if (!earlier || earlier.fingerprint.equals(call.fingerprint)) return earlier;
      throw new DomainError(
        'IDEMPOTENCY_KEY_REUSED',
        'This idempotency key came before with other content. A key stands for one call: make a new one.',
      );
    }
    // Without a time of its own the same content again, some minutes later, is news: it says that nothing has changed.
    const window = call.observedAt ? call.receivedAt.getTime() : this.#context.settings.repeatMs;
    const since = new Date(call.receivedAt.getTime() - window);
    const earlier = await batches.findByFingerprint(call.fingerprint, since);
    if (!earlier || earlier.status === 'FAILED') return earlier;
    return (await batches.wasTouchedSince(earlier)) ? null : earlier;
  }

  /** The run that a batch belongs to; none yet for a call on its own. */
  async #openRun(
    runs: SyncRunRepository,
    call: SyncCall,
    earlier: SyncBatchEntity | null,
  ): Promise<SyncRunEntity | undefined> {
    const id = earlier?.runId ?? call.runId;
    if (!id) return undefined;
    await runs.lockShared(id);
    const run = await this.#run(runs, id);
    if (run.source !== call.source)
      throw new DomainError('CONFLICT', `The run ${id} is of the source ${run.source}, not of ${call.source}.`);
    // A batch that failed can be healed after its run ended in failure.
    if (run.status === 'RUNNING' || (earlier && run.status === 'FAILED')) return run;
    throw new DomainError('CONFLICT', `The run ${id} is ${run.status}: it takes no more batches. Start another.`);
  }

  async #run(runs: SyncRunRepository, id: string): Promise<SyncRunEntity> {
    const run = await runs.findById(id);
    if (run) return run;
    throw new DomainError('NOT_FOUND', `There is no sync run ${id}.`);
  }

  async #record(
    { runs, batches, rejectedRows }: Repositories,
    call: SyncCall,
    attempt: {
      readonly scope: BatchScope;
      readonly run: SyncRunEntity | undefined;
      readonly earlier: SyncBatchEntity | null;
      readonly applied: Applied;
    },
  ): Promise<SyncAnswer> {
    const { scope, earlier, applied } = attempt;
    const { failures } = applied;
    const results = earlier ? applied.answers.map((answer) => healed(answer, earlier)) : applied.answers;
    const status = failures.length > 0 ? 'FAILED' : 'COMPLETED';
    const run = attempt.run ?? (await runs.insert(this.#singleRun(call, scope, status)));
    const batch = {
      runId: run.id,
      source: call.source,
      kind: call.kind,
      status,
      idempotencyKey: call.idempotencyKey,
      fingerprint: call.fingerprint,
      observedAt: scope.observedAt,
      hasStock: applied.hasStock || (earlier?.hasStock ?? false),
      failure: failures.map(({ error, message }) => `${failureCode(error)}: ${message}`).join(' ') || null,
      ...toColumns(results),
    } as const;
    if (earlier) {
      // A second attempt takes the place of the first, but in the order of arrival its own.
      await rejectedRows.deleteOfBatch(earlier.id);
      await batches.delete(earlier.id);
    }
    const batchId = await batches.insert(batch);
    const rejected = results.filter(({ outcome }) => outcome === 'REJECTED');
    await rejectedRows.insert(
      run.id,
      batchId,
      rejected.map(({ index, errors }) => ({ index, ...applied.identities(index), row: call.items[index], errors })),
    );
    const userErrors = failures.map(({ error, message }) => syncError(failureCode(error), [], message));
    const isHealed = run.status === 'FAILED' && status === 'COMPLETED';
    return {
      run: isHealed ? await runs.finishHealed(run.id) : run,
      replayed: false,
      results: shown(call.kind, results),
      userErrors,
    };
  }

  /** The run of a call that named none: over as soon as it is there. */
  #singleRun(call: SyncCall, scope: BatchScope, status: 'COMPLETED' | 'FAILED') {
    return {
      id: scope.runId,
      source: call.source,
      mode: 'DELTA',
      status: status === 'FAILED' ? 'FAILED' : 'FINISHED',
      warehouse: null,
      singleCall: true,
      actor: scope.actor,
      startedAt: call.receivedAt,
      finishedAt: new Date(),
    } as const;
  }
}

const failureCode = ({ peer }: PeerError) =>
  peer === 'catalog' ? ('CATALOG_UNAVAILABLE' as const) : ('INVENTORY_UNAVAILABLE' as const);

function healed(answer: RowAnswer, earlier: SyncBatchEntity): RowAnswer {
  const outcome = afterRetry(outcomeAt(earlier, answer.index), answer.outcome);
  return outcome === answer.outcome ? answer : { ...answer, outcome };
}
