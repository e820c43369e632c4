import type { Logger } from '@gastronom/shared/logger';
import type { DataSource } from 'typeorm';
import { type RefreshEnvironment, RefreshService } from './refresh.service.ts';

/** What a read saw of a good. */
interface SeenStock {
  readonly asOf: Date | null;
  readonly staleWarehouses: readonly string[] | null;
}

/** Reads within so many milliseconds are noticed together. */
const gatherMs = 50;
/** How long to leave the database alone after it did not take a claim. */
const pauseMs = 1_000;

/**
 * Notices stale stock that reads come upon, in memory, and has 1C asked a moment later: the read itself waits for nothing
 * and costs no statement. One for all requests of a process; it remembers when there is no sense in asking again.
 */
export class RefreshNotice {
  readonly #service: RefreshService;
  readonly #clock: () => number;
  readonly #floorMs: number;
  readonly #logger: Logger;
  readonly #dataSource: DataSource;
  #stale = new Set<string>();
  #everything = false;
  readonly #notBefore = new Map<string, number>();
  #everythingNotBefore = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Told once what was noticed has come to pass. */
  #waiting: (() => void)[] = [];

  constructor(environment: RefreshEnvironment & { readonly floorMs: number; readonly logger: Logger }) {
    this.#service = new RefreshService(environment);
    this.#clock = environment.clock;
    this.#floorMs = environment.floorMs;
    this.#logger = environment.logger;
    this.#dataSource = environment.manager.dataSource;
  }

  see(stocks: readonly SeenStock[]): void {
    for (const { asOf, staleWarehouses } of stocks) {
      if (asOf === null) this.#everything = true;
      else if (staleWarehouses !== null) for (const id of staleWarehouses) this.#stale.add(id);
    }
    if (this.#everything || this.#stale.size > 0) this.#plan();
  }

  /** Resolves when nothing that was noticed is still to be done. */
  async settled(): Promise<void> {
    if (this.#timer) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #plan(): void {
    if (this.#timer) return;
    this.#forgetWhatWaits();
    if (!this.#everything && this.#stale.size === 0) {
      for (const resolve of this.#waiting.splice(0)) resolve();
      return;
    }
    this.#timer = setTimeout(() => void this.#flush(), gatherMs);
    this.#timer.unref();
  }

  #forgetWhatWaits(): void {
    const now = this.#clock();
    if (this.#everythingNotBefore > now) this.#everything = false;
    for (const id of this.#stale) if ((this.#notBefore.get(id) ?? 0) > now) this.#stale.delete(id);
  }

  async #flush(): Promise<void> {
    const seen = { warehouseIds: this.#stale, everything: this.#everything };
    this.#stale = new Set();
    this.#everything = false;
    try {
      this.#remember(await this.#service.claim(seen), seen.everything);
    } catch (error) {
      // At the end of the process its connections go first.
      if (this.#dataSource.isInitialized) this.#putOff(seen.warehouseIds, error);
    } finally {
      this.#timer = undefined;
    }
    // What was seen meanwhile waits for no other read.
    this.#plan();
  }

  #putOff(warehouseIds: ReadonlySet<string>, error: unknown): void {
    this.#logger.error({ err: error }, '1C could not be asked for fresh stock');
    const retryAt = this.#clock() + pauseMs;
    this.#remember(new Map([...warehouseIds].map((id) => [id, retryAt])), false);
    this.#everythingNotBefore = retryAt;
  }

  /** For no longer than the floor: meanwhile staff or 1C may have changed what was true. */
  #remember(waits: ReadonlyMap<string, number>, everything: boolean): void {
    const most = this.#clock() + this.#floorMs;
    for (const [id, until] of waits) this.#notBefore.set(id, Math.min(until, most));
    if (everything) this.#everythingNotBefore = Math.min(most, ...waits.values());
  }
}
