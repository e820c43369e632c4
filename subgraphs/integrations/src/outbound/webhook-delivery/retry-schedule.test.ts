import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextTryAt, parseRetryAfter } from './retry-schedule.ts';

const begunAt = new Date('2026-11-21T10:00:00.000Z');
const hour = 3_600_000;

/** The moments of all tries of a series, each of which fails at once. */
function series(random: () => number, retryAfterMs: number | null = null): number[] {
  const moments = [0];
  for (let now = begunAt; ; ) {
    const next = nextTryAt({ tries: moments.length, begunAt, now, retryAfterMs }, random);
    if (!next) return moments;
    moments.push(next.getTime() - begunAt.getTime());
    now = next;
  }
}

describe('a series of tries', () => {
  it('goes on for a day, with waits that grow', () => {
    const minutes = series(() => 0).map((moment) => moment / 60_000);

    expect(minutes.map((moment) => Math.round(moment * 100) / 100)).toEqual([
      0, 0.08, 5.08, 35.08, 155.08, 455.08, 1055.08, 1440.08,
    ]);
  });

  it('comes to its end about a day after its beginning, whatever chance and the endpoint say', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.option(fc.nat(40 * hour)), (chance, retryAfterMs) => {
        const moments = series(() => chance, retryAfterMs);
        expect(moments.length).toBeGreaterThan(1);
        expect(moments.length).toBeLessThanOrEqual(8);
        expect(moments.at(-1)).toBeLessThanOrEqual(27 * hour);
        for (const [place, moment] of moments.entries())
          if (place > 0) expect(moment).toBeGreaterThan(moments[place - 1] ?? 0);
      }),
    );
  });

  it('is over when its day is', () => {
    const now = new Date(begunAt.getTime() + 25 * hour);

    expect(nextTryAt({ tries: 2, begunAt, now, retryAfterMs: null })).toBeNull();
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sat, 21 Nov 2026 10:01:00 GMT', 60_000],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    [undefined, null],
  ])('%s asks for %s ms', (header, ms) => {
    expect(parseRetryAfter(header, begunAt)).toBe(ms);
  });
});
