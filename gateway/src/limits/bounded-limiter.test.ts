import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import { BoundedLimiter } from './bounded-limiter.ts';

describe('a count that is kept in memory', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 1_000_000 });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const spend = (limiter: BoundedLimiter, key: string, points: number) =>
    limiter.consume(key, points).then(
      ({ remainingPoints }) => remainingPoints,
      ({ msBeforeNext }: RateLimiterRes) => `wait ${msBeforeNext}`,
    );

  it('refuses who has spent all until the window is over, and nobody else', async () => {
    const limiter = new BoundedLimiter({ points: 10, seconds: 60 });

    expect([await spend(limiter, 'a', 4), await spend(limiter, 'a', 6)]).toEqual([6, 0]);
    jest.advanceTimersByTime(20_000);
    expect(await spend(limiter, 'a', 1)).toBe('wait 40000');
    expect(await spend(limiter, 'b', 1)).toBe(9);
    jest.advanceTimersByTime(40_000);
    expect(await spend(limiter, 'a', 1)).toBe(9);
  });

  it('forgets those that were silent longest when more come than it counts', async () => {
    const limiter = new BoundedLimiter({ points: 10, seconds: 60, callers: 3 });
    await spend(limiter, 'eager', 10);
    await spend(limiter, 'silent', 10);

    for (const key of ['c', 'd', 'e', 'f']) {
      await spend(limiter, key, 1);
      expect(await spend(limiter, 'eager', 1)).toMatch('wait');
    }

    expect(await spend(limiter, 'silent', 1)).toBe(9);
  });
});
