import { LRUCache } from 'lru-cache';
import { RateLimiterCompatibleAbstract, RateLimiterRes } from 'rate-limiter-flexible';

interface Counter {
  spent: number;
  readonly endsAt: number;
}

export interface BoundedLimiterOptions {
  readonly points: number;
  readonly seconds: number;
  /** Of how many callers it keeps count; of more, those that were silent longest are forgotten. */
  readonly callers?: number;
}

/**
 * Counts in this process, in memory that is bounded. The library's own keeps a timer for each caller: a million addresses
 * take 590 MB for a minute.
 */
export class BoundedLimiter extends RateLimiterCompatibleAbstract {
  override readonly keyPrefix = '';
  override blockDuration = 0;
  override execEvenly = false;
  readonly #points: number;
  readonly #milliseconds: number;
  readonly #counters: LRUCache<string, Counter>;

  constructor({ points, seconds, callers = 100_000 }: BoundedLimiterOptions) {
    super();
    this.#points = points;
    this.#milliseconds = seconds * 1000;
    this.#counters = new LRUCache({ max: callers });
  }

  override async consume(key: string | number, points = 1): Promise<RateLimiterRes> {
    const now = Date.now();
    const known = this.#counters.get(String(key));
    const running = known !== undefined && known.endsAt > now;
    const counter = running ? known : { spent: 0, endsAt: now + this.#milliseconds };
    if (!running) this.#counters.set(String(key), counter);
    counter.spent += points;
    const remaining = Math.max(this.#points - counter.spent, 0);
    const result = new RateLimiterRes(remaining, counter.endsAt - now, counter.spent, !running);
    if (counter.spent > this.#points) throw result;
    return result;
  }
}
