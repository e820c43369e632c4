import { DomainError } from '@gastronom/shared/domain-error';
import { actorOf } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import type { IntegrationsContext } from '../context.ts';
import { PeerError, type SnapshotInput } from '../peer.ts';
import { RejectedRowRepository } from './rejected-row.repository.ts';
import type { SnapshotCount } from './snapshot-fuse.ts';
import type { RunFacts } from './sync-batch.repository.ts';
import type { SyncRunEntity } from './sync-run.entity.ts';
import { SyncRunRepository } from './sync-run.repository.ts';

const earlier = (one: Date, other: Date | null): Date => (other && other < one ? other : one);

/** An error of another subgraph, fit for a client. */
export function presentable(error: unknown): unknown {
  if (!(error instanceof PeerError)) return error;
  const isTimeout = error.cause instanceof DomainError && error.cause.code === 'SUBGRAPH_TIMEOUT';
  return isTimeout
    ? new DomainError('SUBGRAPH_TIMEOUT', `The ${error.peer} subgraph did not answer in time. Try the same again.`)
    : new DomainError('SUBGRAPH_UNAVAILABLE', `The ${error.peer} subgraph did not do its part. Try the same again.`);
}

/** The end of one snapshot run: what it did not mention, in goods if it brought goods, in stock if it brought stock. */
export class SnapshotService {
  readonly #context: IntegrationsContext;
  readonly #manager: EntityManager;
  readonly #run: SyncRunEntity;
  readonly #facts: RunFacts;

  constructor(context: IntegrationsContext, manager: EntityManager, run: SyncRunEntity, facts: RunFacts) {
    this.#context = context;
    this.#manager = manager;
    this.#run = run;
    this.#facts = facts;
  }

  /** What the end would hit. Nothing is written. */
  async count(): Promise<SnapshotCount[]> {
    const input = await this.#input(true);
    const counts: SnapshotCount[] = [];
    try {
      if (this.#hidesGoods) counts.push({ what: 'goods', ...(await this.#context.catalog.applySnapshot(input)) });
      if (this.#zeroesStock) counts.push({ what: 'stock', ...(await this.#context.inventory.applySnapshot(input)) });
    } catch (error) {
      throw presentable(error);
    }
    return counts;
  }

  /**
   * Hides and zeroes, and finishes the run. Each half is noted when it is done: should the other fail, the run stays as
   * it is, and the same call again does only what is left.
   */
  async apply(): Promise<{ run: SyncRunEntity; error?: unknown }> {
    const runs = new SyncRunRepository(this.#manager);
    const input = await this.#input(false);
    let run = this.#run;
    try {
      if (this.#hidesGoods) {
        const { hidden } = await this.#context.catalog.applySnapshot(input);
        run = await runs.update(run.id, { hidden, productsSettled: true });
      }
      if (this.#zeroesStock) {
        const { zeroed } = await this.#context.inventory.applySnapshot(input);
        run = await runs.update(run.id, { zeroed, stocksSettled: true });
      }
    } catch (error) {
      return { run, error: presentable(error) };
    }
    return { run: await runs.update(run.id, { status: 'FINISHED', finishedAt: new Date() }) };
  }

  get #hidesGoods(): boolean {
    return this.#facts.hasProducts && !this.#run.productsSettled;
  }

  get #zeroesStock(): boolean {
    return this.#facts.hasStock && !this.#run.stocksSettled;
  }

  async #input(dryRun: boolean): Promise<SnapshotInput> {
    const { id, source, mode, startedAt } = this.#run;
    return {
      runId: id,
      source,
      // What was seen after the snapshot began is not its business.
      observedAt: earlier(startedAt, this.#facts.observedFrom),
      actor: actorOf(this.#context.viewer),
      mode,
      dryRun,
      keep: await new RejectedRowRepository(this.#manager).identitiesOfRun(id),
    };
  }
}
