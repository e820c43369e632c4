import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;
beforeAll(async () => {
  shop = await createTestCatalog();
});
afterAll(() => shop.close());

const bySku = async (sku: string) =>
  (await shop.query('query ($sku: String!) { product(sku: $sku) { name } }', { sku })).product;

describe('identity', () => {
  it('goes by sku, whatever the barcode says', async () => {
    await shop.apply([
      { sku: 'id-1', barcode: 'shared', name: 'Один' },
      { sku: 'id-2', barcode: 'shared', name: 'Два' },
    ]);

    const [row] = await shop.apply([{ sku: 'id-2', barcode: 'shared', name: 'Второй' }]);

    expect(row).toMatchObject({ outcome: 'UPDATED', sku: 'id-2' });
    expect(await bySku('id-1')).toMatchObject({ name: 'Один' });
  });

  it('goes by the barcode of one product, and never guesses between several', async () => {
    await shop.apply([{ sku: 'lone', barcode: '777', name: 'Один' }]);

    const [lone, ambiguous] = await shop.apply([
      { sku: null, barcode: '777', name: 'Один, новый' },
      { sku: null, barcode: 'shared', name: 'Который?' },
    ]);

    expect(lone).toMatchObject({ outcome: 'UPDATED', sku: 'lone' });
    expect(ambiguous).toMatchObject({
      outcome: 'REJECTED',
      sku: null,
      errors: [{ code: 'AMBIGUOUS_BARCODE', field: 'barcode' }],
    });
    expect(await bySku('id-1')).toMatchObject({ name: 'Один' });
    expect(await bySku('id-2')).toMatchObject({ name: 'Второй' });
  });

  it('takes the barcode for a sku where none is given, until one comes', async () => {
    const [made] = await shop.apply([{ sku: null, barcode: '4810001', name: 'Безымянный' }]);
    const [adopted] = await shop.apply([{ sku: 'real-sku', barcode: '4810001', name: 'Безымянный' }]);

    expect(made).toMatchObject({ outcome: 'CREATED', sku: '4810001' });
    expect(adopted).toMatchObject({
      outcome: 'UPDATED',
      sku: 'real-sku',
      formerSku: '4810001',
      created: false,
      productId: made?.productId,
    });
    expect(await bySku('4810001')).toBeNull();
    const [other] = await shop.apply([{ sku: 'other-sku', barcode: '4810001', name: 'Другой' }]);
    expect(other).toMatchObject({ outcome: 'CREATED', sku: 'other-sku' });
  });

  it('rejects the later of two rows that end at the same goods', async () => {
    const rows = await shop.apply([
      { sku: null, barcode: '555', name: 'Первый' },
      { sku: 'five', barcode: '555', name: 'Второй' },
      { sku: 'six', barcode: '666', name: 'Третий' },
      { sku: null, barcode: '666', name: 'Четвёртый' },
    ]);

    expect(rows.map(({ outcome, errors }) => [outcome, errors[0]?.code])).toEqual([
      ['CREATED', undefined],
      ['REJECTED', 'DUPLICATE_IN_BATCH'],
      ['CREATED', undefined],
      ['REJECTED', 'DUPLICATE_IN_BATCH'],
    ]);
    expect(await bySku('555')).toMatchObject({ name: 'Первый' });
  });

  it('is told without a write by matchProducts', async () => {
    const before = await shop.versions();
    const matches = await shop.match([
      { sku: 'id-1', barcode: null },
      { sku: 'nobody', barcode: null },
      { sku: null, barcode: '777' },
      { sku: null, barcode: 'shared' },
      { sku: null, barcode: 'unseen' },
      { sku: null, barcode: null },
    ]);

    expect(matches).toEqual([
      { sku: 'id-1', known: true, error: null },
      { sku: 'nobody', known: false, error: null },
      { sku: 'lone', known: true, error: null },
      { sku: null, known: false, error: expect.objectContaining({ code: 'AMBIGUOUS_BARCODE', field: 'barcode' }) },
      { sku: 'unseen', known: false, error: null },
      { sku: null, known: false, error: expect.objectContaining({ code: 'MISSING_IDENTITY' }) },
    ]);
    expect(await shop.versions()).toEqual(before);
  });
});
