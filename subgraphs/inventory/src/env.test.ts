import { SettingError } from '@gastronom/shared/env';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readInventorySettings } from './env.ts';
import { InventoryHarness, minutesAgo } from './testing/inventory-harness.ts';

describe('the settings of inventory', () => {
  it('have defaults', () => {
    expect(readInventorySettings({})).toEqual({ bufferDefault: 5, freshMs: 15 * 60_000, lowThreshold: 5 });
  });

  it.each([
    [{ STOCK_BUFFER_DEFAULT: '-1' }, 'STOCK_BUFFER_DEFAULT'],
    [{ STOCK_BUFFER_DEFAULT: 'five' }, 'STOCK_BUFFER_DEFAULT'],
    [{ STOCK_FRESH_MINUTES: '0' }, 'STOCK_FRESH_MINUTES'],
    [{ LOW_STOCK_THRESHOLD: 'NaN' }, 'LOW_STOCK_THRESHOLD'],
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
