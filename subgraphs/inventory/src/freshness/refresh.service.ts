import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { InventorySettings, RefreshSettings } from '../env.ts';
import { warehouseError } from '../warehouse/warehouse.errors.ts';
import { RefreshRepository, type WarehouseToRefresh } from './refresh.repository.ts';
import type { RefreshReport } from './refresh-report.ts';
import {
  accepted,
  answered,
  asked,
  type Breaker,
  circuitOf,
  closed,
  failed,
  isOnItsWay,
  type Refresh,
  RefreshCircuit,
  tripped,
  waitsUntil,
} from './refresh-rules.ts';
import { stockRefreshRequested } from './stock-refresh-requested.event.ts';

export interface RefreshEnvironment {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  readonly settings: InventorySettings;
  readonly clock: () => number;
}

/** Warehouses of which a read found stale counts, or every one, where it found none at all. */
export interface StaleStock {
  readonly warehouseIds: ReadonlySet<string>;
  readonly everything: boolean;
}

/** How long to let pass before the same is asked of the database again, at the least. */
const busyMs = 1_000;

interface Asking {
  readonly manager: EntityManager;
  readonly repository: RefreshRepository;
  readonly settings: RefreshSettings;
  readonly breaker: Breaker;
  readonly warehouses: readonly WarehouseToRefresh[];
  readonly now: Date;
}

/** Asks 1C for fresh counts, and keeps account of how that goes. Only one at a time does either: the breaker is locked. */
export class RefreshService {
  readonly #environment: RefreshEnvironment;

  constructor(environment: RefreshEnvironment) {
    this.#environment = environment;
  }

  /** Asks for those warehouses for which it is time. Tells of each, also of the others, before when not to come again. */
  async claim({ warehouseIds, everything }: StaleStock): Promise<ReadonlyMap<string, number>> {
    return this.#whileOthersWait(async (asking) => {
      const { breaker, now } = asking;
      const wanted = asking.warehouses.filter(({ refresh }) => everything || warehouseIds.has(refresh.warehouseId));
      const due = wanted.filter((warehouse) => this.#waitsUntil(warehouse, breaker) <= now.getTime());
      const chosen = circuitOf(breaker, now) === RefreshCircuit.CLOSED ? due : probeOf(due, asking.warehouses);
      const begun = await this.#ask(asking, chosen);
      return new Map(
        wanted.map((warehouse) => {
          const refresh = begun.get(warehouse.refresh.warehouseId) ?? warehouse.refresh;
          // For some it is time, but another is being tried first.
          const soonest = now.getTime() + busyMs;
          return [refresh.warehouseId, Math.max(soonest, this.#waitsUntil({ ...warehouse, refresh }, breaker))];
        }),
      );
    });
  }

  /**
   * Asks for one warehouse because a person wants it: whatever its last answer, its failures and the breaker say, but no
   * sooner than the floor allows; and where 1C fails, nothing else may be on its way.
   */
  async askNow(warehouseId: string): Promise<UserError[]> {
    const refused = (code: 'REFRESH_OFF' | 'NOT_FOUND' | 'TOO_SOON', message: string) => [
      warehouseError(code, ['id'], message),
    ];
    if (!this.#environment.settings.refresh)
      return refused('REFRESH_OFF', '1C cannot be asked: the product was not told its address (ONE_C_URL).');
    return this.#whileOthersWait(async (asking) => {
      const { settings, breaker, now, warehouses } = asking;
      const warehouse = warehouses.find(({ refresh }) => refresh.warehouseId === warehouseId);
      if (!warehouse) return refused('NOT_FOUND', 'There is no such warehouse.');
      const { refresh } = warehouse;
      if (isOnItsWay(refresh)) return [];
      const soonest = (refresh.requestedAt?.getTime() ?? 0) + settings.floorMs;
      if (soonest > now.getTime())
        return refused('TOO_SOON', `1C was asked just now: it may be again at ${new Date(soonest).toISOString()}.`);
      const mayAsk = circuitOf(breaker, now) === RefreshCircuit.CLOSED || probeOf([warehouse], warehouses).length > 0;
      if (!mayAsk) return refused('TOO_SOON', '1C fails, and is being tried with another warehouse. Try again soon.');
      await this.#ask(asking, [warehouse]);
      return [];
    });
  }

  /** Notes how a request went. A report of a request that is past already, as of one given up, changes nothing. */
  async report({ warehouseId, requestedAt, outcome, reason }: RefreshReport): Promise<boolean> {
    const { manager, settings: all, clock } = this.#environment;
    // Nobody asks 1C, which may speak all the same.
    if (!all.refresh)
      return outcome === 'ANSWERED' && new RefreshRepository(manager).upsertAnswer(warehouseId, new Date(clock()));
    return this.#whileOthersWait(async ({ repository, settings, breaker, warehouses, now }) => {
      const refresh = warehouses.find((warehouse) => warehouse.refresh.warehouseId === warehouseId)?.refresh;
      if (!refresh) throw new DomainError('BAD_USER_INPUT', 'There is no such warehouse.');
      if (outcome === 'ANSWERED') {
        await repository.upsert([answered(refresh, now, requestedAt, settings)]);
        await repository.updateBreaker(closed);
        return true;
      }
      if (!isOnItsWay(refresh) || requestedAt?.getTime() !== refresh.requestedAt?.getTime()) return false;
      if (outcome === 'ACCEPTED') {
        await repository.upsert([accepted(refresh, now, settings)]);
        return true;
      }
      const failure = { at: now, reason: reason ?? '1C could not be reached.' };
      await repository.upsert([failed(refresh, failure, settings)]);
      await repository.updateBreaker(tripped(breaker, failure, settings));
      return true;
    });
  }

  /** Under the lock, after requests that got no answer in time were given up. */
  async #whileOthersWait<T>(work: (asking: Asking) => Promise<T>): Promise<T> {
    const { manager: anyManager, settings: all, clock } = this.#environment;
    const settings = all.refresh;
    if (!settings) throw new Error('1C is asked although it has no address');
    return inTransaction(anyManager, async (manager) => {
      const repository = new RefreshRepository(manager);
      const breaker = await repository.lockBreaker();
      const now = new Date(clock());
      const asking = { manager, repository, settings, breaker, warehouses: await repository.listAll(), now };
      return work(await giveUpOverdue(asking));
    });
  }

  #waitsUntil({ refresh, freshMinutes }: WarehouseToRefresh, breaker: Breaker): number {
    const { freshMs } = this.#environment.settings;
    return waitsUntil(refresh, breaker, freshMinutes === null ? freshMs : freshMinutes * 60_000);
  }

  async #ask(
    { manager, repository, settings, now }: Asking,
    warehouses: readonly WarehouseToRefresh[],
  ): Promise<ReadonlyMap<string, Refresh>> {
    const begun = warehouses.map(({ refresh }) => asked(refresh, now, settings));
    await repository.upsert(begun);
    for (const { externalId, refresh } of warehouses) {
      const { warehouseId } = refresh;
      const requestedAt = now.toISOString();
      await this.#environment.jobs.publish(manager, stockRefreshRequested, { warehouseId, externalId, requestedAt });
    }
    return new Map(begun.map((refresh) => [refresh.warehouseId, refresh]));
  }
}

/** Where 1C fails, one request alone tries whether it still does: for the warehouse that has waited longest. */
function probeOf(due: readonly WarehouseToRefresh[], all: readonly WarehouseToRefresh[]): WarehouseToRefresh[] {
  if (all.some(({ refresh }) => isOnItsWay(refresh))) return [];
  const waitingSince = ({ refresh }: WarehouseToRefresh) => refresh.requestedAt?.getTime() ?? 0;
  return due.toSorted((one, other) => waitingSince(one) - waitingSince(other)).slice(0, 1);
}

/** A request whose answer is overdue has failed at the moment when it became so. */
async function giveUpOverdue(asking: Asking): Promise<Asking> {
  const { repository, settings, now } = asking;
  const dueAt = ({ refresh }: WarehouseToRefresh) => refresh.answerDueAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const overdue = asking.warehouses
    .filter((warehouse) => dueAt(warehouse) <= now.getTime())
    .toSorted((one, other) => dueAt(one) - dueAt(other));
  if (overdue.length === 0) return asking;
  let { breaker } = asking;
  const given = new Map<string, Refresh>();
  for (const warehouse of overdue) {
    const failure = { at: new Date(dueAt(warehouse)), reason: '1C took the request and did not answer in time.' };
    given.set(warehouse.refresh.warehouseId, failed(warehouse.refresh, failure, settings));
    breaker = tripped(breaker, failure, settings);
  }
  await repository.upsert([...given.values()]);
  await repository.updateBreaker(breaker);
  const warehouses = asking.warehouses.map((warehouse) => ({
    ...warehouse,
    refresh: given.get(warehouse.refresh.warehouseId) ?? warehouse.refresh,
  }));
  return { ...asking, breaker, warehouses };
}
