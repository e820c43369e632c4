import { inTransaction } from '@gastronom/shared/database/transaction';
import type { IntegrationsContext } from '../context.ts';
import { RejectedRowRepository } from '../sync/rejected-row.repository.ts';
import type { SyncModeName, SyncRunEntity } from '../sync/sync-run.entity.ts';
import { SyncRunRepository } from '../sync/sync-run.repository.ts';
import { SyncRunService } from '../sync/sync-run.service.ts';
import { type ExchangeRunKind, ExchangeSessionRepository } from './exchange-session.repository.ts';

export interface FoundRun {
  /** The run of the kind that still takes batches. */
  readonly run: SyncRunEntity | undefined;
  /** An earlier run of the kind is over: a new snapshot must mention what that one did. */
  readonly isFurther: boolean;
}

/** The sync runs of one session: one of each kind, and a further one where files came after it had ended. */
export class ExchangeRuns {
  readonly #context: IntegrationsContext;
  readonly #sessionId: string;

  constructor(context: IntegrationsContext, sessionId: string) {
    this.#context = context;
    this.#sessionId = sessionId;
  }

  async find(kind: ExchangeRunKind, mode: SyncModeName): Promise<FoundRun> {
    const runs = await this.#list(kind);
    const run = runs.findLast((one) => one.status === 'RUNNING' && one.mode === mode);
    return { run, isFurther: runs.some((one) => one !== run) };
  }

  /** Begins a run, in the transaction that notes it, so that none is ever left without a session. */
  begin(kind: ExchangeRunKind, mode: SyncModeName): Promise<SyncRunEntity> {
    return inTransaction(this.#context.manager, async (manager) => {
      const { source } = this.#context.settings.exchange;
      const run = await new SyncRunService({ ...this.#context, manager }).start({ source, mode });
      await new ExchangeSessionRepository(manager).insertRun({ sessionId: this.#sessionId, runId: run.id, kind });
      return run;
    });
  }

  /** Ends a run. @returns what there is to say of it, in words for the shop. */
  async finish({ id, mode }: SyncRunEntity): Promise<string[]> {
    const service = new SyncRunService(this.#context);
    const nameless = await new RejectedRowRepository(this.#context.manager).countNameless(id);
    if (mode === 'SNAPSHOT' && nameless > 0) {
      await service.cancel(id);
      return [`${nameless} goods could not be read, so that nobody can tell which goods are gone: none was hidden.`];
    }
    const { status, heldBecause } = await service.finish(id);
    const rejected = await new RejectedRowRepository(this.#context.manager).count(id);
    return [
      ...(rejected > 0 ? [`${rejected} rows were rejected: see rejectedRows of the sync run ${id}.`] : []),
      ...(status === 'HELD'
        ? [`All rows are stored, but the end of the export waits for an admin (sync run ${id}). ${heldBecause}`]
        : []),
    ];
  }

  async #list(kind: ExchangeRunKind): Promise<SyncRunEntity[]> {
    const { manager } = this.#context;
    const listed = await new ExchangeSessionRepository(manager).listRuns([this.#sessionId]);
    const runs = new SyncRunRepository(manager);
    const found = await Promise.all(listed.filter((run) => run.kind === kind).map(({ runId }) => runs.findById(runId)));
    return found.filter((run) => run !== null);
  }
}
