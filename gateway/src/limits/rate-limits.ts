import type { Logger } from '@gastronom/shared/logger';
import type { HealthChecks } from '@gastronom/shared/subgraph';
import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { BoundedLimiter } from './bounded-limiter.ts';

/** What points are charged to: where a request came from, or who sent it. */
export type Policy = 'ip' | 'user' | 'key';

/** Points a minute; 0 for no limit. */
export type Allowances = Readonly<Record<Policy, number>>;

/** How somebody stands after a charge. */
export interface Standing {
  readonly policy: Policy;
  readonly allowance: number;
  readonly remaining: number;
  readonly resetSeconds: number;
  readonly refused: boolean;
}

export const windowSeconds = 60;

/** After a call that failed, Redis is left alone for so long: one that hangs would hold up every request. */
const spareMilliseconds = 2_000;

/** Counts points of callers; rejects with the same figures where there are too few. */
export interface PointCounter {
  consume(key: string, points: number): Promise<RateLimiterRes>;
}

/** How points of one kind are counted where there is no Redis, or while it is away. */
export type CountPoints = (policy: Policy, points: number, seconds: number) => PointCounter;

const countHere: CountPoints = (_policy, points, seconds) => new BoundedLimiter({ points, seconds });

interface Limiter {
  readonly here: PointCounter;
  readonly shared: RateLimiterRedis | undefined;
}

/** Counts what callers spend: together with the other replicas while Redis answers, else each replica by itself. */
export class RateLimits {
  readonly #limiters = new Map<Policy, Limiter>();
  readonly #redis: Redis | undefined;
  readonly #logger: Logger;
  readonly #count: CountPoints;
  #spareUntil = 0;
  #alone = false;

  constructor(
    readonly allowances: Allowances,
    redis: Redis | undefined,
    logger: Logger,
    count: CountPoints = countHere,
  ) {
    this.#redis = redis;
    this.#logger = logger;
    this.#count = count;
    redis?.on('ready', () => {
      this.#alone = false;
      this.#spareUntil = 0;
    });
    for (const [policy, points] of Object.entries(allowances) as [Policy, number][])
      if (points > 0) this.#limiters.set(policy, this.#limiter(policy, points));
  }

  #limiter(policy: Policy, points: number): Limiter {
    const here = this.#count(policy, points, windowSeconds);
    if (!this.#redis) return { here, shared: undefined };
    const shared = new RateLimiterRedis({
      storeClient: this.#redis,
      keyPrefix: `gastronom:rate:${policy}`,
      points,
      duration: windowSeconds,
      // Who has spent all is refused without a call, so that a flood does not reach Redis.
      inMemoryBlockOnConsumed: points,
      rejectIfRedisNotReady: true,
    });
    return { here, shared };
  }

  /** Nothing without Redis: then nothing is amiss. */
  checks(): HealthChecks {
    if (!this.#redis) return {};
    if (!this.#alone && this.#redis.status === 'ready') return { redis: { status: 'pass' } };
    const output = 'Redis does not answer: each replica keeps limits alone, and learns of revocations within seconds.';
    return { redis: { status: 'warn', output } };
  }

  /** Charges points; undefined where nothing is limited. More than the allowance counts as all of it. */
  async charge(policy: Policy, key: string, points: number): Promise<Standing | undefined> {
    const limiter = this.#limiters.get(policy);
    if (!limiter) return undefined;
    const allowance = this.allowances[policy];
    const result = await this.#consume(limiter, key, Math.min(points, allowance));
    return {
      policy,
      allowance,
      remaining: result.remainingPoints,
      resetSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
      refused: result.refused,
    };
  }

  async #consume({ here, shared }: Limiter, key: string, points: number) {
    if (shared && Date.now() >= this.#spareUntil) {
      try {
        const outcome = await outcomeOf(shared.consume(key, points));
        this.#alone = false;
        return outcome;
      } catch (error) {
        this.#leaveAlone(error as Error);
      }
    }
    return outcomeOf(here.consume(key, points));
  }

  #leaveAlone(error: Error): void {
    // A connection that is lost was told of already; here is one that hangs, or a Redis that refuses.
    if (!this.#alone && this.#redis?.status === 'ready')
      this.#logger.warn(
        { err: error },
        'Redis does not count: rate limits are kept by each process alone until it does',
      );
    this.#alone = true;
    this.#spareUntil = Date.now() + spareMilliseconds;
  }
}

/** The library rejects with the same figures that it resolves with; anything else is trouble. */
async function outcomeOf(consumed: Promise<RateLimiterRes>) {
  try {
    const { remainingPoints, msBeforeNext } = await consumed;
    return { remainingPoints, msBeforeNext, refused: false };
  } catch (result) {
    if (!(result instanceof RateLimiterRes)) throw result;
    return { remainingPoints: 0, msBeforeNext: result.msBeforeNext, refused: true };
  }
}
