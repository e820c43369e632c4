import { SettingError } from '@gastronom/shared/env';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readInventorySettings } from './env.ts';
import { InventoryHarness, minutesAgo } from './testing/inventory-harness.ts';

describe('the settings of inventory', () => {
  it('have defaults', () => {
    expect(readInventorySettings({})).toMatchObject({
      bufferDefault: 5,
      freshMs: 15 * 60_000,
      lowThreshold: 5,
      reservationMs: 30 * 60_000,
      debounceSeconds: 2,
      refresh: null,
    });
  });

  it('say how hard 1C is pressed, once it has an address', () => {
    expect(readInventorySettings({ ONE_C_URL: 'http://192.168.0.5:8080' }).refresh).toEqual({
      floorMs: 60_000,
      backoffMaxMs: 15 * 60_000,
      answerMs: 5 * 60_000,
      breakerFailures: 5,
    });
  });

  it.each([
    [{ STOCK_BUFFER_DEFAULT: '-1' }, 'STOCK_BUFFER_DEFAULT'],
    [{ STOCK_BUFFER_DEFAULT: 'five' }, 'STOCK_BUFFER_DEFAULT'],
    [{ STOCK_FRESH_MINUTES: '0' }, 'STOCK_FRESH_MINUTES'],
    [{ LOW_STOCK_THRESHOLD: 'NaN' }, 'LOW_STOCK_THRESHOLD'],
    [{ RESERVATION_MINUTES: '0' }, 'RESERVATION_MINUTES'],
    [{ AVAILABILITY_DEBOUNCE_SECONDS: '-1' }, 'AVAILABILITY_DEBOUNCE_SECONDS'],
    [{ ONE_C_URL: '192.168.0.5' }, 'ONE_C_URL'],
    [{ STOCK_REFRESH_FLOOR_SECONDS: '0' }, 'STOCK_REFRESH_FLOOR_SECONDS'],
    [{ STOCK_REFRESH_BACKOFF_MAX_MINUTES: '0' }, 'STOCK_REFRESH_BACKOFF_MAX_MINUTES'],
    [{ STOCK_REFRESH_ANSWER_MINUTES: '-5' }, 'STOCK_REFRESH_ANSWER_MINUTES'],
    [{ STOCK_REFRESH_BREAKER_FAILURES: '1.5' }, 'STOCK_REFRESH_BREAKER_FAILURES'],
  ])('refuse %j by name', (variables, name) => {
    expect(() => readInventorySettings(variables)).toThrow(SettingError);
    expect(() => readInventorySettings(variables)).toThrow(name);
  });
});

describe('a shop with settings of its own', () => {
  let shop: InventoryHarness;

  beforeAll(async () => {
    shop = await InventoryHarness.open(
      undefined,
      readInventorySettings({ STOCK_BUFFER_DEFAULT: '0.5', STOCK_FRESH_MINUTES: '60', LOW_STOCK_THRESHOLD: '0' }),
    );
  });
  afterAll(() => shop.close());

  it('lives by them', async () => {
    await shop.apply([['TEA', '1.25']], { observedAt: minutesAgo(50) });

    const [tea] = await shop.goods([{ sku: 'TEA' }], 'availability { availableOnline status isStale }');

    expect(tea.availability).toEqual({ availableOnline: 0.75, status: 'IN_STOCK', isStale: false });
    expect((await shop.ask('{ buffers { global { quantity } } }')).buffers.global.quantity).toBe(0.5);
  });
});
