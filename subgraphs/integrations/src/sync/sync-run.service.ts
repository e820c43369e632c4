import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import { actorOf } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import type { IntegrationsContext } from '../context.ts';
import { quote } from '../row/row-error.ts';
import { presentable, SnapshotService } from './snapshot.service.ts';
import { failedBatchesMessage, type SnapshotCount, whyHeld } from './snapshot-fuse.ts';
import { type RunFacts, SyncBatchRepository } from './sync-batch.repository.ts';
import { readRunId, readSource } from './sync-call.ts';
import type { SyncModeName, SyncRunEntity, SyncRunStatusName } from './sync-run.entity.ts';
import { SyncRunRepository } from './sync-run.repository.ts';

export interface StartOfRun {
  readonly source: string;
  readonly mode: SyncModeName;
  readonly warehouse?: string | null;
}

/** What a decision came to. An error is thrown only after what was done before it is kept. */
interface Decision {
  readonly run: SyncRunEntity;
  readonly error?: unknown;
}

type Decide = (run: SyncRunEntity, facts: RunFacts, manager: EntityManager) => Promise<Decision>;

const conflict = (run: SyncRunEntity, what: string) =>
  new DomainError('CONFLICT', `The run ${run.id} is ${run.status}: it cannot be ${what}.`);

/** What the audit log tells of a run. */
const toldColumns = ['status', 'hidden', 'zeroed', 'productsSettled', 'stocksSettled'] as const;

const over: ReadonlySet<SyncRunStatusName> = new Set(['FINISHED', 'FAILED', 'CANCELLED']);

/** Begins and ends runs. Two that end a run at once end it once: whoever comes second finds it ended. */
export class SyncRunService {
  readonly #context: IntegrationsContext;

  constructor(context: IntegrationsContext) {
    this.#context = context;
  }

  async start({ source, mode, warehouse }: StartOfRun): Promise<SyncRunEntity> {
    const { manager, viewer } = this.#context;
    return new SyncRunRepository(manager).insert({
      source: readSource(source),
      mode,
      status: 'RUNNING',
      warehouse: await this.#warehouse(warehouse),
      singleCall: false,
      actor: actorOf(viewer),
      startedAt: new Date(),
    });
  }

  /** Ends a run; a snapshot hides and zeroes what it did not mention, or is held when that is too much. */
  finish(runId: string): Promise<SyncRunEntity> {
    return this.#decide(runId, async (run, facts, manager) => {
      if (run.status === 'CANCELLED') throw conflict(run, 'finished');
      if (run.status !== 'RUNNING') return { run };
      const runs = new SyncRunRepository(manager);
      if (run.mode === 'DELTA') {
        const status = facts.failed.length > 0 ? 'FAILED' : 'FINISHED';
        return { run: await runs.update(run.id, { status, finishedAt: new Date() }) };
      }
      if (facts.failed.length > 0) throw new DomainError('CONFLICT', failedBatchesMessage(facts.failed));
      const snapshot = new SnapshotService(this.#context, manager, run, facts);
      const counts = await snapshot.count();
      const heldBecause = whyHeld(counts, facts, this.#context.settings.fuseShare);
      return heldBecause ? { run: await this.#hold(runs, run, counts, heldBecause) } : snapshot.apply();
    });
  }

  /** Lets a held run do what it was held for. */
  approve(runId: string): Promise<SyncRunEntity> {
    return this.#decide(runId, async (run, facts, manager) => {
      if (run.status === 'FINISHED') return { run };
      if (run.status !== 'HELD') throw conflict(run, 'approved');
      const decision = await new SnapshotService(this.#context, manager, run, facts).apply();
      await this.#record(manager, 'sync.approve', run, decision.run);
      return decision;
    });
  }

  /** Ends a run without hiding or zeroing anything. What its batches changed stays. */
  cancel(runId: string): Promise<SyncRunEntity> {
    return this.#decide(runId, async (run, _facts, manager) => {
      if (run.status === 'CANCELLED') return { run };
      if (over.has(run.status)) throw conflict(run, 'cancelled');
      const cancelled = await new SyncRunRepository(manager).update(run.id, {
        status: 'CANCELLED',
        finishedAt: new Date(),
        hidden: run.productsSettled ? run.hidden : 0,
        zeroed: run.stocksSettled ? run.zeroed : 0,
      });
      await this.#record(manager, 'sync.cancel', run, cancelled);
      return { run: cancelled };
    });
  }

  async #decide(runId: string, decide: Decide): Promise<SyncRunEntity> {
    const id = readRunId(runId);
    const decideAlone = async (manager: EntityManager) => {
      const runs = new SyncRunRepository(manager);
      await runs.lockAlone(id);
      const run = await runs.findById(id);
      if (!run) throw new DomainError('NOT_FOUND', `There is no sync run ${id}.`);
      return decide(run, await new SyncBatchRepository(manager).factsOfRun(id), manager);
    };
    const decision = await this.#context.gate.run(() => inTransaction(this.#context.manager, decideAlone));
    if (decision.error) throw decision.error;
    return decision.run;
  }

  /** What an approval did of its two halves is told, should the other one fail; the next one tells of the rest. */
  async #record(
    manager: EntityManager,
    action: 'sync.approve' | 'sync.cancel',
    before: SyncRunEntity,
    after: SyncRunEntity,
  ): Promise<void> {
    const changed = toldColumns.filter((name) => before[name] !== after[name]);
    if (changed.length === 0) return;
    const told = (run: SyncRunEntity) => Object.fromEntries(changed.map((name) => [name, run[name]]));
    await recordAudit(this.#context.jobs, manager, this.#context, {
      action,
      subject: { type: 'SyncRun', id: before.id },
      before: told(before),
      after: told(after),
    });
  }

  #hold(runs: SyncRunRepository, run: SyncRunEntity, counts: readonly SnapshotCount[], heldBecause: string) {
    const missing = (what: SnapshotCount['what']) => counts.find((count) => count.what === what)?.missing;
    return runs.update(run.id, {
      status: 'HELD',
      heldBecause,
      hidden: missing('goods') ?? run.hidden,
      zeroed: missing('stock') ?? run.zeroed,
    });
  }

  /** What 1C calls the warehouse, as inventory has it. */
  async #warehouse(name: string | null | undefined): Promise<string | null> {
    if (!name?.trim()) return null;
    const { warehouses, inventory } = this.#context;
    const find = await warehouses.find(inventory, [name]).catch((error: unknown) => {
      throw presentable(error);
    });
    const warehouse = find(name);
    if (warehouse) return warehouse.externalId;
    throw new DomainError(
      'BAD_USER_INPUT',
      `No warehouse is called ${quote(name)} in 1C. Declare it with syncWarehouses first.`,
    );
  }
}
