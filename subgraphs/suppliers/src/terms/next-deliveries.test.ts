import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { type DeliveryTerms, momentOf, nextDeliveries } from './next-deliveries.ts';

const zone = 'Europe/Stockholm';
const supplier = { timeZone: zone, cutOffDays: 1, cutOffTime: '15:00:00' };
const window = (weekday: number, more: object = {}) => ({
  weekday,
  fromTime: '06:00:00',
  toTime: '09:00:00',
  cutOffDays: null,
  cutOffTime: null,
  ...more,
});
const weekdays = [1, 2, 3, 4, 5].map((weekday) => window(weekday));
const terms = (more: Partial<DeliveryTerms> = {}): DeliveryTerms => ({
  supplier,
  windows: weekdays,
  exceptions: [],
  ...more,
});

describe('the next deliveries', () => {
  const dates = (given: DeliveryTerms, at: string, count = 3) =>
    nextDeliveries(given, new Date(at), count).map(({ on }) => on);

  it('are those whose cut-off lies ahead, to the second', () => {
    // Monday 15:00 in Stockholm is 14:00 in UTC in winter.
    expect(dates(terms(), '2026-11-23T13:59:59Z')).toEqual(['2026-11-24', '2026-11-25', '2026-11-26']);
    expect(dates(terms(), '2026-11-23T14:00:00Z')).toEqual(['2026-11-25', '2026-11-26', '2026-11-27']);
  });

  it('leave out closed dates and take in added ones', () => {
    const closed = { onDate: '2026-11-24', isClosed: true, fromTime: null, toTime: null };
    const added = { onDate: '2026-11-28', isClosed: false, fromTime: '10:00:00', toTime: '12:00:00' };

    const found = nextDeliveries(terms({ exceptions: [closed, added] }), new Date('2026-11-23T08:00:00Z'), 4);

    expect(found.map(({ on, from, to }) => [on, from, to])).toEqual([
      ['2026-11-25', '06:00', '09:00'],
      ['2026-11-26', '06:00', '09:00'],
      ['2026-11-27', '06:00', '09:00'],
      ['2026-11-28', '10:00', '12:00'],
    ]);
  });

  it('follow a window’s own cut-off, as Friday’s for Monday', () => {
    const monday = window(1, { cutOffDays: 3, cutOffTime: '12:00:00' });

    expect(dates(terms({ windows: [monday] }), '2026-11-20T10:59:00Z', 1)).toEqual(['2026-11-23']);
    expect(dates(terms({ windows: [monday] }), '2026-11-20T11:00:00Z', 1)).toEqual(['2026-11-30']);
  });

  it('are none where nothing is said, or all is closed', () => {
    expect(dates(terms({ windows: [] }), '2026-11-23T08:00:00Z')).toEqual([]);
  });

  it('begin with the date it is at the supplier, not here', () => {
    const sameDay = { timeZone: 'Pacific/Auckland', cutOffDays: 0, cutOffTime: '05:00:00' };
    const every = [1, 2, 3, 4, 5, 6, 7].map((weekday) => window(weekday));

    // In Auckland it is 04:59, and then 05:00, of the 24th.
    expect(dates(terms({ supplier: sameDay, windows: every }), '2026-11-23T15:59:00Z', 1)).toEqual(['2026-11-24']);
    expect(dates(terms({ supplier: sameDay, windows: every }), '2026-11-23T16:00:00Z', 1)).toEqual(['2026-11-25']);
  });
});

describe('a local time', () => {
  it('that is skipped comes as much later, one that comes twice is the first', () => {
    expect(momentOf('2026-03-29', '02:30', zone).toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(momentOf('2026-10-25', '02:30', zone).toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });
});

describe('cut-offs, over every change of clocks', () => {
  const zones = ['Europe/Stockholm', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Almaty', 'America/St_Johns'];
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`);
  const world = fc.record({
    timeZone: fc.constantFrom(...zones),
    cutOffDays: fc.integer({ min: 0, max: 14 }),
    cutOffTime: time,
  });
  const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });

  it('lie ahead, in order, at the wall clock’s time wherever that time exists', () => {
    fc.assert(
      fc.property(world, moment, fc.integer({ min: 1, max: 14 }), (one, at, count) => {
        const found = nextDeliveries(terms({ supplier: one }), at, count);

        expect(found).toHaveLength(count);
        for (const { on, cutOffAt } of found) {
          expect(cutOffAt.getTime()).toBeGreaterThan(at.getTime());
          const local = DateTime.fromJSDate(cutOffAt, { zone: one.timeZone });
          const wanted = DateTime.fromISO(`${on}T${one.cutOffTime}`, { zone: 'utc' }).minus({ days: one.cutOffDays });
          const isSkipped = !DateTime.fromISO(`${wanted.toISODate()}T${one.cutOffTime}`, { zone: one.timeZone })
            .toFormat('HH:mm:ss')
            .startsWith(one.cutOffTime);
          if (!isSkipped) expect(local.toFormat('yyyy-MM-dd HH:mm')).toBe(wanted.toFormat('yyyy-MM-dd HH:mm'));
          expect([1, 2, 3, 4, 5]).toContain(DateTime.fromISO(on).weekday);
        }
        expect(found.map(({ on }) => on)).toEqual(found.map(({ on }) => on).toSorted());
      }),
      { numRuns: 50 },
    );
  });

  it('never come back: what is too late at one moment is too late at each after it', () => {
    fc.assert(
      fc.property(world, moment, fc.integer({ min: 0, max: 30 * 86_400_000 }), (one, at, later) => {
        const soon = nextDeliveries(terms({ supplier: one }), at, 14).map(({ on }) => on);
        const [first] = nextDeliveries(terms({ supplier: one }), new Date(at.getTime() + later), 1);

        expect((first?.on ?? '') >= (soon[0] ?? '')).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
