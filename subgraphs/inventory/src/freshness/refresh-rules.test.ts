import { describe, expect, it } from '@jest/globals';
import { readInventorySettings } from '../env.ts';
import { backoffMs, closed, failed, type Refresh, tripped, waitsUntil } from './refresh-rules.ts';

const { refresh: settings } = readInventorySettings({ ONE_C_URL: 'http://one-c.test' });
if (!settings) throw new Error('1C has an address here');

const never: Refresh = {
  warehouseId: '1',
  requestedAt: null,
  answerDueAt: null,
  answeredAt: null,
  answeredAsOf: null,
  failures: 0,
  nextAttemptAt: null,
  lastFailure: null,
};
const at = (seconds: number) => new Date(seconds * 1_000);

describe('the back-off', () => {
  it.each([
    [1, 60, 120],
    [2, 120, 240],
    [3, 240, 480],
    [4, 450, 900],
    [5, 450, 900],
    [1_000, 450, 900],
  ])('after %d failures is between %d and %d seconds', (failures, least, most) => {
    expect([backoffMs(failures, settings, 0), backoffMs(failures, settings, 1)]).toEqual([least * 1_000, most * 1_000]);
  });

  it('is never below the floor, also where the most is', () => {
    expect(backoffMs(3, { ...settings, floorMs: 90_000, backoffMaxMs: 60_000 }, 0)).toBe(90_000);
  });
});

describe('the breaker', () => {
  it('opens at the last failure that it takes, and stays open longer with each that comes late', () => {
    const failure = (seconds: number) => ({ at: at(seconds), reason: 'down' });
    let breaker = closed;
    for (const second of [1, 2, 3, 4]) breaker = tripped(breaker, failure(second), settings);
    expect(breaker).toEqual({ failures: 4, openedAt: null, openUntil: null });

    const opened = tripped(breaker, failure(5), settings);
    const later = tripped(opened, failure(300), settings);

    expect([opened.openedAt, later.openedAt]).toEqual([at(5), at(5)]);
    expect(later.openUntil?.getTime()).toBeGreaterThanOrEqual(opened.openUntil?.getTime() ?? Number.NaN);
  });
});

describe('a warehouse', () => {
  it('waits for whatever lasts longest', () => {
    const lifetimeMs = 900_000;

    expect(waitsUntil(never, closed, lifetimeMs)).toBe(0);
    expect(waitsUntil({ ...never, answerDueAt: at(300) }, closed, lifetimeMs)).toBe(300_000);
    expect(waitsUntil({ ...never, answerDueAt: at(300), answeredAsOf: at(0) }, closed, lifetimeMs)).toBe(900_000);
    const open = { failures: 5, openedAt: at(0), openUntil: at(1_000) };
    expect(waitsUntil({ ...never, answeredAsOf: at(0) }, open, lifetimeMs)).toBe(1_000_000);
    const down = failed(never, { at: at(1_000), reason: 'down' }, settings);
    expect(waitsUntil(down, closed, lifetimeMs)).toBeGreaterThanOrEqual(1_060_000);
  });
});
