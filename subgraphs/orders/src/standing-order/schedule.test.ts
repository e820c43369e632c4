import { describe, expect, it } from '@jest/globals';
import { nextTime, scheduleProblem } from './schedule.ts';

const at = new Date('2026-11-23T08:00:00Z');

describe('a schedule', () => {
  it.each([
    ['30 2 * * SUN', '2026-03-28T00:00:00Z', '2026-03-29T01:30:00.000Z'],
    ['30 2 * * SUN', '2026-10-23T00:00:00Z', '2026-11-01T01:30:00.000Z'],
    ['30 2 * * 7', '2026-11-01T01:30:00Z', '2026-11-08T01:30:00.000Z'],
    ['0 * 25 10 *', '2026-10-24T00:00:00Z', '2027-10-24T22:00:00.000Z'],
    ['0 6 29 2 *', '2026-10-24T00:00:00Z', '2028-02-29T05:00:00.000Z'],
    ['0 6 L * *', '2026-10-24T00:00:00Z', '2026-10-31T05:00:00.000Z'],
  ])('of %s comes, after %s, at %s: over changes of the clock and days to be skipped', (cron, after, next) => {
    const schedule = { cron, timeZone: 'Europe/Stockholm', skipDates: ['2026-10-25'] };

    expect(nextTime(schedule, new Date(after))?.toISOString()).toBe(next);
  });

  it.each([
    ['30 6 * * MON,THU', null],
    ['0 */2 1-15 * ?', null],
    ['5 6 * * 1#1', null],
    ['* * * * *', 'TOO_OFTEN'],
    ['0,30 6 * * *', 'TOO_OFTEN'],
    ['*/15 6 * * *', 'TOO_OFTEN'],
    ['0 0 30 2 *', 'BAD_CRON'],
    ['0 0 31 4,6 *', 'BAD_CRON'],
    ['H 6 * * *', 'BAD_CRON'],
    ['@daily', 'BAD_CRON'],
    ['0 6 * *', 'BAD_CRON'],
    ['0 0 6 * * *', 'BAD_CRON'],
    ['60 6 * * *', 'BAD_CRON'],
    ['0 6 * * FOO', 'BAD_CRON'],
    ['', 'BAD_CRON'],
    [`0 6 * * ${'1,'.repeat(100)}2`, 'BAD_CRON'],
  ])('of %s has the problem %s', (cron, problem) => {
    expect(scheduleProblem(cron, 'Europe/Stockholm', at)).toBe(problem);
  });

  it.each(['Nowhere', '', 'local', 'Europe/Stockholm\0'])('needs a time zone, which %j is none', (timeZone) => {
    expect(scheduleProblem('0 6 * * *', timeZone, at)).toBe('BAD_TIME_ZONE');
  });
});
