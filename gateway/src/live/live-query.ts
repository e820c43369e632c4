import { hash } from 'node:crypto';
import type { Viewer } from '@gastronom/shared/viewer';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { ErrorExtensions } from '../graphql/format-error.ts';
import type { Admitted } from './admitted.ts';
import type { Watcher } from './watcher.ts';

export type Result = FormattedExecutionResult<Record<string, unknown>>;

export interface LiveQueryOptions {
  readonly admitted: Admitted;
  readonly viewer: Viewer;
  readonly lookMs: number;
  /** Runs the operation when its turn comes, charged to one of its watchers, or to nobody. */
  readonly run: (payer: Watcher | undefined) => Promise<Result>;
}

/** How soon to look again after something that passes. */
const soonMs = 5_000;

type Extensions = ErrorExtensions & { readonly details?: { readonly retryAfterSeconds?: number } };

/** Every error that leaves a graph of ours has these. */
const extensionsOf = ({ extensions }: GraphQLFormattedError) => extensions as unknown as Extensions;

/** What a result says, whenever it was said and under whatever id. */
const idOf = ({ data, errors = [] }: Result): string => {
  const told = errors.map((error) => [error.message, error.path, extensionsOf(error).code]);
  return hash('sha256', JSON.stringify([data, told]), 'base64url').slice(0, 22);
};

/** One operation of one viewer, looked at for all who watch it: one run, whatever their number. */
export class LiveQuery {
  readonly admitted: Admitted;
  readonly #options: LiveQueryOptions;
  readonly #watchers = new Set<Watcher>();
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #isLooking = false;
  /** Whether the next look was paid for, by one who came. */
  #isPaid = false;

  constructor(options: LiveQueryOptions) {
    this.#options = options;
    this.admitted = options.admitted;
  }

  get watchers(): ReadonlySet<Watcher> {
    return this.#watchers;
  }

  /** Each who comes gets an answer that is no older than that. */
  add(watcher: Watcher): void {
    this.#watchers.add(watcher);
    this.#isPaid = true;
    this.look(0);
  }

  remove(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0) return;
    clearTimeout(this.#timer);
    this.#dueAt = Number.POSITIVE_INFINITY;
  }

  /** Looks at it in so many milliseconds at the latest; after the look that is going on, if there is one. */
  look(milliseconds: number): void {
    const at = Date.now() + milliseconds;
    if (at >= this.#dueAt) return;
    this.#dueAt = at;
    if (this.#isLooking) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#lookNow(), milliseconds).unref();
  }

  async #lookNow(): Promise<void> {
    this.#isLooking = true;
    this.#dueAt = Number.POSITIVE_INFINITY;
    // Together, those who share it do not all look at the same moment.
    let next = this.#options.lookMs * (0.9 + 0.2 * Math.random());
    try {
      next = Math.min(next, await this.#lookOnce());
    } finally {
      this.#isLooking = false;
      const asked = this.#dueAt - Date.now();
      this.#dueAt = Number.POSITIVE_INFINITY;
      if (this.#watchers.size > 0) this.look(Math.max(0, Math.min(next, asked)));
    }
  }

  /** @returns in how many milliseconds to look again at the latest. */
  async #lookOnce(): Promise<number> {
    const known = await Promise.allSettled([...this.#watchers].map((watcher) => watcher.verify()));
    if (this.#watchers.size === 0) return Number.POSITIVE_INFINITY;
    // While nobody can say who they are, they are told nothing.
    if (known.some(({ status }) => status === 'rejected')) return soonMs;
    const isPaid = this.#isPaid;
    this.#isPaid = false;
    const payer = isPaid ? undefined : this.#payer();
    if (!isPaid && !payer) return this.#untilSomebodyCanPay();
    const watchers = [...this.#watchers];
    const result = await this.#options.run(payer);
    return this.#tell(watchers, result, payer);
  }

  #tell(watchers: readonly Watcher[], result: Result, payer: Watcher | undefined): number {
    const refusals = (result.errors ?? []).map(extensionsOf);
    const spent = refusals.find(({ code }) => code === 'RATE_LIMITED');
    if (spent && payer) {
      payer.spentUntil = Date.now() + (spent.details?.retryAfterSeconds ?? 60) * 1000;
      return 0;
    }
    const isOurFault = refusals.some(({ status }) => status >= 500);
    const text = JSON.stringify(result);
    const id = idOf(result);
    const isRefused = (result.data ?? null) === null && !isOurFault;
    for (const watcher of watchers) {
      // What passes is not told to who has an answer already.
      if (isOurFault && watcher.seen !== undefined) continue;
      if (watcher.seen !== id) watcher.send(text, id);
      if (isRefused) watcher.complete();
    }
    return isOurFault ? soonMs : Number.POSITIVE_INFINITY;
  }

  /** One of those who watch, in turn. */
  #payer(): Watcher | undefined {
    const now = Date.now();
    for (const watcher of this.#watchers) {
      if (watcher.spentUntil > now) continue;
      this.#watchers.delete(watcher);
      this.#watchers.add(watcher);
      return watcher;
    }
    return undefined;
  }

  #untilSomebodyCanPay(): number {
    const soonest = Math.min(...[...this.#watchers].map(({ spentUntil }) => spentUntil));
    return Math.max(0, soonest - Date.now());
  }
}
