import { LRUCache } from 'lru-cache';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { PointCounter } from '../limits/rate-limits.ts';
import type { PointsAnswer, PointsAsk } from './points-bank.ts';

/** What a worker has in hand of one caller's points. */
interface Lease {
  left: number;
  spent: number;
  /** What was left at the bank when it was asked last. */
  elsewhere: number;
  isOver: boolean;
  readonly endsAt: number;
}

/** Counts what callers spend together with the other workers of this machine, over the primary process. */
export class LeasedPoints implements PointCounter {
  readonly #shape: Omit<PointsAsk, 'key' | 'needed'>;
  readonly #ask: (ask: PointsAsk) => Promise<PointsAnswer>;
  readonly #leases = new LRUCache<string, Lease>({ max: 100_000 });
  readonly #asking = new Map<string, Promise<void>>();

  constructor(shape: Omit<PointsAsk, 'key' | 'needed'>, ask: (ask: PointsAsk) => Promise<PointsAnswer>) {
    this.#shape = shape;
    this.#ask = ask;
  }

  async consume(key: string, points: number): Promise<RateLimiterRes> {
    for (;;) {
      const lease = this.#running(key);
      if (lease?.isOver) throw resultOf(lease);
      if (lease && points <= lease.left) {
        lease.left -= points;
        lease.spent += points;
        return resultOf(lease);
      }
      await this.#more(key, points - (lease?.left ?? 0));
    }
  }

  #running(key: string): Lease | undefined {
    const lease = this.#leases.get(key);
    return lease && lease.endsAt > Date.now() ? lease : undefined;
  }

  /** One question at a time for each caller; who comes meanwhile looks again at what it brought. */
  #more(key: string, needed: number): Promise<void> {
    const asking = this.#asking.get(key) ?? this.#fetch(key, needed).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  async #fetch(key: string, needed: number): Promise<void> {
    const { granted, remaining, milliseconds } = await this.#ask({ ...this.#shape, key, needed: Math.max(1, needed) });
    const known = this.#running(key);
    const isOver = granted === 0;
    this.#leases.set(key, {
      left: isOver ? 0 : (known?.left ?? 0) + granted,
      spent: known?.spent ?? 0,
      elsewhere: remaining,
      isOver,
      endsAt: Date.now() + milliseconds,
    });
  }
}

const resultOf = ({ left, elsewhere, spent, endsAt }: Lease): RateLimiterRes =>
  new RateLimiterRes(left + elsewhere, endsAt - Date.now(), spent, false);
