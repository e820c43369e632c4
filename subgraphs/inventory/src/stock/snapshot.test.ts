import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { InventoryHarness, minutesAgo, runId } from '../testing/inventory-harness.ts';

let shop: InventoryHarness;
let second: string;

beforeAll(async () => {
  shop = await InventoryHarness.open();
  second = await shop.makeWarehouse('002');
});
afterEach(() => shop.empty());
afterAll(() => shop.close());

const run = () => ({ source: 'scraper', runId: runId(2), observedAt: minutesAgo(2) });

const stored = async () =>
  (await shop.stocks()).map(({ sku, warehouseId, quantity }) => `${warehouseId} ${sku} ${Number(quantity)}`);

it('sets to zero what the run did not mention, and nothing else', async () => {
  await shop.apply(
    [
      ['TEA', '5'],
      ['RICE', '-3'],
      ['SALT', '4'],
      ['NONE', '0'],
    ],
    { observedAt: minutesAgo(9) },
  );
  await shop.apply([['RICE', '7', second]], { observedAt: minutesAgo(9) });
  await shop.apply([['OIL', '6']], { observedAt: minutesAgo(9), source: 'other' });
  const snapshot = run();
  await shop.apply([['TEA', '5']], { ...snapshot, mode: 'SNAPSHOT' });

  expect(await shop.snapshot({ ...snapshot, dryRun: true })).toEqual({ total: 3, missing: 2, zeroed: 0 });
  expect(await shop.snapshot({ ...snapshot, actor: 'key:9', dryRun: false })).toEqual({
    total: 3,
    missing: 2,
    zeroed: 2,
  });

  const left = ['1 NONE 0', '1 OIL 6', '1 RICE 0', '1 SALT 0', '1 TEA 5', `${second} RICE 7`];
  expect(await stored()).toEqual(left);
  expect(await shop.ledger('RICE')).toEqual(['SYNC – → -3', 'SYNC – → 7', 'SNAPSHOT -3 → 0']);
});

it('writes nothing in a dry run, and nothing a second time', async () => {
  await shop.apply(
    [
      ['TEA', '5'],
      ['RICE', '3'],
    ],
    { observedAt: minutesAgo(9) },
  );
  const snapshot = run();
  await shop.apply([['TEA', '5']], { ...snapshot, mode: 'SNAPSHOT' });
  const before = await shop.versions();

  await shop.snapshot({ ...snapshot, dryRun: true });
  expect(await shop.versions()).toEqual(before);
  await shop.snapshot({ ...snapshot, dryRun: false });
  const after = await shop.versions();
  expect(await shop.snapshot({ ...snapshot, dryRun: false })).toEqual({ total: 1, missing: 0, zeroed: 0 });

  expect(await shop.versions()).toEqual(after);
});

it('leaves alone what was seen later than the snapshot, changed or not', async () => {
  await shop.apply(
    [
      ['TEA', '5'],
      ['RICE', '3'],
    ],
    { observedAt: minutesAgo(9) },
  );
  const snapshot = { ...run(), observedAt: minutesAgo(5) };
  await shop.apply([['SALT', '1']], { ...snapshot, mode: 'SNAPSHOT' });
  await shop.apply(
    [
      ['TEA', '6'],
      ['RICE', '3'],
    ],
    { observedAt: minutesAgo(4) },
  );

  expect(await shop.snapshot({ ...snapshot, dryRun: false })).toEqual({ total: 3, missing: 0, zeroed: 0 });
});

it('spares goods of rows that could not be read, by SKU or barcode', async () => {
  await shop.apply(
    [
      ['TEA', '5'],
      ['RICE', '3'],
      ['SALT', '4'],
    ],
    {
      observedAt: minutesAgo(9),
      appeared: [{ sku: 'TEA', barcode: '4600', formerSku: null }],
    },
  );
  const snapshot = run();
  await shop.apply([['OIL', '1']], { ...snapshot, mode: 'SNAPSHOT' });

  const counts = await shop.snapshot({ ...snapshot, dryRun: false, keep: ['4600', 'RICE', 'NONSENSE'] });

  expect(counts).toEqual({ total: 4, missing: 1, zeroed: 1 });
  expect(await stored()).toEqual(['1 OIL 1', '1 RICE 3', '1 SALT 0', '1 TEA 5']);
});

it('finds a good mentioned that took another key since', async () => {
  await shop.apply([['4600', '5', '1', true]], { observedAt: minutesAgo(9) });
  const snapshot = run();
  await shop.apply([['4600', '5', '1', true]], { ...snapshot, mode: 'SNAPSHOT' });
  await shop.apply([], { appeared: [{ sku: 'TEA', barcode: '4600', formerSku: null }] });

  expect(await shop.snapshot({ ...snapshot, dryRun: false })).toEqual({ total: 1, missing: 0, zeroed: 0 });
});

it('has the last word on what comes late', async () => {
  await shop.apply(
    [
      ['TEA', '5'],
      ['RICE', '0'],
    ],
    { observedAt: minutesAgo(9) },
  );
  const snapshot = run();
  await shop.apply([['SALT', '1']], { ...snapshot, mode: 'SNAPSHOT' });
  await shop.snapshot({ ...snapshot, dryRun: false });

  const late = await shop.apply(
    [
      ['TEA', '5'],
      ['RICE', '2'],
      ['NEW', '3'],
    ],
    { observedAt: minutesAgo(4) },
  );

  expect(late).toEqual(['STALE', 'STALE', 'STALE']);
  expect(await stored()).toEqual(['1 RICE 0', '1 SALT 1', '1 TEA 0']);
});

it('touches no warehouse when the run mentioned none', async () => {
  await shop.apply([['TEA', '5']], { observedAt: minutesAgo(9) });

  expect(await shop.snapshot({ ...run(), dryRun: false })).toEqual({ total: 0, missing: 0, zeroed: 0 });
});
