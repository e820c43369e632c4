import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestCatalog, minutesAgo, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;
beforeAll(async () => {
  shop = await createTestCatalog();
});
afterAll(() => shop.close());

const full = {
  barcode: '4600000000017',
  name: 'Гречка ядрица',
  description: 'Отборная',
  brand: 'Мистраль',
  price: '89.90',
  currency: 'RUB',
  weightGrams: '900',
  unit: 'шт',
  energyKcal: '308.5',
  carbohydrates: '57.1',
  fat: '3.3',
  proteins: '12.6',
  sugars: null,
  categoryPath: ['Бакалея', 'Крупы'],
  imageUrls: ['https://img.example/1.jpg', 'https://img.example/2.jpg'],
};

const everything = `id sku barcode name description brand price { amount currencyCode } weightGrams unit
  nutrition { energyKcal carbohydrates fat proteins sugars } category { name path { name } } categoryPath
  images { url position } tags isAvailable unavailableReason hiddenReason lastSyncedAt`;

const bySku = async (sku: string) =>
  (await shop.query(`query ($sku: String!) { product(sku: $sku) { ${everything} } }`, { sku })).product;

describe('goods that a batch brings', () => {
  it('are made with all that 1C says, and answered in the order of the rows', async () => {
    const rows = await shop.apply([
      { sku: '00017', ...full },
      { index: 7, sku: 'B-2', name: 'Соль' },
    ]);

    expect(rows).toEqual([
      {
        index: 0,
        sku: '00017',
        barcode: full.barcode,
        productId: expect.any(String),
        created: true,
        outcome: 'CREATED',
        errors: [],
      },
      {
        index: 7,
        sku: 'B-2',
        barcode: null,
        productId: expect.any(String),
        created: true,
        outcome: 'CREATED',
        errors: [],
      },
    ]);
    expect(await bySku('00017')).toEqual({
      id: rows[0]?.productId,
      sku: '00017',
      barcode: '4600000000017',
      name: 'Гречка ядрица',
      description: 'Отборная',
      brand: 'Мистраль',
      price: { amount: '89.90', currencyCode: 'RUB' },
      weightGrams: 900,
      unit: 'шт',
      nutrition: { energyKcal: 308.5, carbohydrates: 57.1, fat: 3.3, proteins: 12.6, sugars: null },
      category: { name: 'Крупы', path: [{ name: 'Бакалея' }, { name: 'Крупы' }] },
      categoryPath: [expect.any(String), expect.any(String)],
      images: [
        { url: 'https://img.example/1.jpg', position: 0 },
        { url: 'https://img.example/2.jpg', position: 1 },
      ],
      tags: [],
      isAvailable: true,
      unavailableReason: null,
      hiddenReason: null,
      lastSyncedAt: expect.any(String),
    });
    expect(await bySku('B-2')).toMatchObject({
      price: null,
      nutrition: null,
      category: null,
      categoryPath: [],
      images: [],
    });
  });

  it('keep what a row leaves out and lose what it clears', async () => {
    await shop.apply([{ sku: 'keep', ...full, barcode: 'keep-1' }]);

    const outcomes = await shop.outcomes([
      { sku: 'keep', name: 'Гречка', price: null, energyKcal: null, imageUrls: null, categoryPath: null },
    ]);

    expect(outcomes).toEqual(['UPDATED']);
    expect(await bySku('keep')).toMatchObject({
      name: 'Гречка',
      price: null,
      description: 'Отборная',
      barcode: 'keep-1',
      nutrition: { energyKcal: null, fat: 3.3 },
      images: [],
      category: null,
    });
  });

  it('are not written when nothing changed, however often they come', async () => {
    const rows = Array.from({ length: 50 }, (_, n) => ({
      sku: `same-${n}`,
      ...full,
      barcode: `same-${n}`,
      price: '10.5',
    }));
    await shop.apply(rows);
    const before = await shop.versions();

    expect(new Set(await shop.outcomes(rows))).toEqual(new Set(['UNCHANGED']));
    expect(await shop.versions()).toEqual(before);

    const twice = rows.map((row, n) => (n % 10 === 0 ? { ...row, price: '11' } : row));
    const outcomes = await shop.outcomes(twice);
    expect(outcomes.filter((outcome) => outcome === 'UPDATED')).toHaveLength(5);
    const after = await shop.versions();
    expect(after.filter(({ xmin }, n) => xmin !== before[n]?.xmin)).toHaveLength(5);
  });

  it('harm no other goods when their row cannot be taken', async () => {
    const rows = await shop.apply([
      { sku: 'good-1', name: 'Рис' },
      { sku: 'bad-1', name: null },
      { sku: 'bad-2' },
      { sku: null, barcode: null, name: 'Никто' },
      { sku: 'bad-3', name: 'Дорого', price: '1000000000000' },
      { sku: 'bad-4', name: 'Не число', fat: 'NaN' },
      { sku: 'good-2', name: 'С \u0000 внутри' },
    ]);

    expect(rows.map(({ outcome, errors }) => [outcome, errors[0]?.code, errors[0]?.field])).toEqual([
      ['CREATED', undefined, undefined],
      ['REJECTED', 'MISSING_NAME', 'name'],
      ['REJECTED', 'MISSING_NAME', 'name'],
      ['REJECTED', 'MISSING_IDENTITY', 'sku'],
      ['REJECTED', 'OUT_OF_RANGE', 'price'],
      ['REJECTED', 'OUT_OF_RANGE', 'fat'],
      ['CREATED', undefined, undefined],
    ]);
    expect((await bySku('good-2')).name).toBe('С  внутри');
    expect(await bySku('bad-1')).toBeNull();
  });
});

describe('goods that 1C drops', () => {
  it('are hidden with a reason, once, and come back when 1C shows them again', async () => {
    await shop.apply([{ sku: 'gone', name: 'Уходящий', price: '5' }]);

    expect(await shop.outcomes([{ sku: 'gone', removed: true }])).toEqual(['UPDATED']);
    expect(await shop.outcomes([{ sku: 'gone', removed: true }])).toEqual(['UNCHANGED']);
    expect(await bySku('gone')).toMatchObject({
      hiddenReason: 'REMOVED',
      isAvailable: false,
      price: { amount: '5.00' },
    });
    expect(await shop.names({ text: 'уходящий' })).toEqual([]);

    expect(await shop.outcomes([{ sku: 'gone', name: 'Уходящий' }])).toEqual(['UPDATED']);
    expect(await bySku('gone')).toMatchObject({ hiddenReason: null, isAvailable: true });
    expect(await shop.names({ text: 'уходящий' })).toEqual(['Уходящий']);
  });

  it('need not be known', async () => {
    expect(await shop.outcomes([{ sku: 'never-seen', removed: true }])).toEqual(['UNCHANGED']);
    expect(await bySku('never-seen')).toBeNull();
  });
});

describe('what was observed earlier', () => {
  it('is stale, even where the later observation found nothing to write', async () => {
    const row = { sku: 'timed', name: 'Свежий', price: '1' };
    await shop.apply([row], { observedAt: minutesAgo(30) });
    expect(await shop.outcomes([row], { observedAt: minutesAgo(10) })).toEqual(['UNCHANGED']);
    const before = await shop.versions();

    const outcomes = await shop.outcomes(
      [
        { ...row, price: '2' },
        { sku: 'untimed', name: 'Новый' },
      ],
      { observedAt: minutesAgo(20) },
    );

    expect(outcomes).toEqual(['STALE', 'CREATED']);
    expect((await shop.versions()).filter(({ id }) => before.some((known) => known.id === id))).toEqual(before);
  });

  it('does not bring back what was removed since', async () => {
    await shop.apply([{ sku: 'removed-since', removed: true }], { observedAt: minutesAgo(5) });

    expect(await shop.outcomes([{ sku: 'removed-since', name: 'Был' }], { observedAt: minutesAgo(6) })).toEqual([
      'STALE',
    ]);
    expect(await bySku('removed-since')).toBeNull();
  });

  it('gives way to what arrives later at the same moment', async () => {
    const observedAt = minutesAgo(3);
    await shop.apply([{ sku: 'equal', name: 'А' }], { observedAt });

    expect(await shop.outcomes([{ sku: 'equal', name: 'Б' }], { observedAt })).toEqual(['UPDATED']);
  });

  it('is stale as a whole when it is older than a month', async () => {
    const observedAt = minutesAgo(31 * 24 * 60);

    expect(await shop.outcomes([{ sku: 'ancient', name: 'Древний' }], { observedAt })).toEqual(['STALE']);
    expect(await bySku('ancient')).toBeNull();
  });
});

describe('a batch that is no batch', () => {
  it.each([
    ['more than 1,000 rows', { rows: Array.from({ length: 1001 }, (_, index) => ({ index, sku: `${index}` })) }],
    ['no moment', { observedAt: 'yesterday', rows: [] }],
    ['rows that are none', { rows: 'many' }],
  ])('is refused whole: %s', async (_what, batch) => {
    const before = await shop.versions();

    const { errors } = await shop.applyRaw(batch);

    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(await shop.versions()).toEqual(before);
  });

  it('may be empty', async () => {
    expect(await shop.apply([])).toEqual([]);
  });
});
