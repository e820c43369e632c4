import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Duplicates } from './duplicates.ts';
import { type ProductFields, readProduct } from './product-row.ts';

const warehouses = (name: string | null | undefined) => (name ? { '001': '1', North: '2' }[name] : '1');
const read = (item: Partial<ProductFields>, duplicates = new Duplicates(), index = 0) =>
  readProduct({ sku: '7', name: 'Гречка', ...item }, index, { warehouses, duplicates, shopCurrency: 'RUB' });
const codes = (item: Partial<ProductFields>) => read(item).errors.map(({ code, field }) => `${code} ${field}`);

describe('a row of goods', () => {
  it('becomes what the catalogue takes', () => {
    const { row, stock, errors } = read({
      sku: ' 00012 ',
      barcode: '4 607001 234567',
      name: ' Сыр &quot;Голландский&quot; ',
      price: '1 234,505',
      weightGrams: 500,
      nutrition: { energyKcal: '313', fat: 3.3, sugars: null },
      categoryPath: [' Молочное ', '', 'Сыры'],
      imageUrls: ['https://a.example/1.jpg', ' https://a.example/1.jpg '],
      stockQuantity: '12,5',
      warehouse: 'North',
    });

    expect(errors).toEqual([]);
    expect(row).toEqual({
      index: 0,
      sku: '00012',
      barcode: '4607001234567',
      name: 'Сыр "Голландский"',
      price: '1234.51',
      currency: 'RUB',
      weightGrams: '500.000',
      energyKcal: '313.000',
      fat: '3.300',
      sugars: null,
      categoryPath: ['Молочное', 'Сыры'],
      imageUrls: ['https://a.example/1.jpg'],
    });
    expect(stock).toEqual({ quantity: '12.500', warehouseId: '2' });
  });

  it('keeps what is left out apart from what is cleared', () => {
    expect(read({}).row).toEqual({ index: 0, sku: '7', name: 'Гречка' });
    expect(read({ brand: null, price: null, description: ' ', nutrition: null, categoryPath: [] }).row).toEqual({
      index: 0,
      sku: '7',
      name: 'Гречка',
      brand: null,
      price: null,
      description: null,
      energyKcal: null,
      carbohydrates: null,
      fat: null,
      proteins: null,
      sugars: null,
      categoryPath: null,
    });
  });

  it.each<[Partial<ProductFields>, string[]]>([
    [{ sku: ' ', barcode: '\u00a0' }, ['MISSING_IDENTITY null']],
    [{ name: '&nbsp; ' }, ['MISSING_NAME name']],
    [{ name: '', removed: true }, []],
    [{ name: 'x'.repeat(501) }, ['TOO_LONG name']],
    [{ description: 'x'.repeat(20_001) }, ['TOO_LONG description']],
    [{ sku: 'x'.repeat(129) }, ['TOO_LONG sku']],
    [{ barcode: '1'.repeat(129) }, ['TOO_LONG barcode']],
    [{ price: 'abc' }, ['INVALID_NUMBER price']],
    [{ price: 'NaN' }, ['INVALID_NUMBER price']],
    [{ price: 'Infinity' }, ['INVALID_NUMBER price']],
    [{ price: true }, ['INVALID_NUMBER price']],
    [{ price: { amount: 1 } }, ['INVALID_NUMBER price']],
    [{ price: '12 шт' }, ['INVALID_NUMBER price']],
    [{ price: -1 }, ['NEGATIVE_PRICE price']],
    [{ price: '-1 руб.' }, ['NEGATIVE_PRICE price']],
    [{ price: '999999999999.99' }, []],
    [{ price: '999999999999.995' }, ['OUT_OF_RANGE price']],
    [{ price: 1e20 }, ['OUT_OF_RANGE price']],
    [{ price: 1, currency: 'рубли' }, ['INVALID_CURRENCY currency']],
    [{ price: '12 тг', currency: 'RUB' }, ['INVALID_CURRENCY currency']],
    [{ weightGrams: '-1' }, ['OUT_OF_RANGE weightGrams']],
    [
      { nutrition: { fat: 'x', sugars: -2, energyKcal: 58_918_896_000 } },
      ['OUT_OF_RANGE nutrition.energyKcal', 'INVALID_NUMBER nutrition.fat', 'OUT_OF_RANGE nutrition.sugars'],
    ],
    [{ imageUrls: ['ftp://a.example/1.jpg'] }, ['INVALID_URL imageUrls']],
    [{ imageUrls: ['javascript:alert(1)'] }, ['INVALID_URL imageUrls']],
    [{ imageUrls: ['sha256:abc'] }, ['INVALID_URL imageUrls']],
    [{ imageUrls: Array.from({ length: 21 }, (_, i) => `http://a.example/${i}`) }, ['TOO_LONG imageUrls']],
    [{ categoryPath: Array.from({ length: 9 }, (_, i) => `c${i}`) }, ['TOO_LONG categoryPath']],
    [{ stockQuantity: 'many' }, ['INVALID_NUMBER stockQuantity']],
    [{ stockQuantity: 1, warehouse: 'Nowhere' }, ['UNKNOWN_WAREHOUSE warehouse']],
    [{ warehouse: 'Nowhere' }, []],
    [{ stockQuantity: '-3,5' }, []],
    [{ stockQuantity: '100000000000' }, ['OUT_OF_RANGE stockQuantity']],
  ])('answers %j with %j', (item, expected) => {
    expect(codes(item)).toEqual(expected);
  });

  it.each<[Partial<ProductFields>, string | undefined, string | undefined]>([
    [{ price: '12,50 руб.' }, '12.50', 'RUB'],
    [{ price: '₽ 12' }, '12.00', 'RUB'],
    [{ price: '1 234 тг' }, '1234.00', 'KZT'],
    [{ price: 'KZT 5' }, '5.00', 'KZT'],
    [{ price: '$1,234.50' }, '1234.50', 'USD'],
    [{ price: 5, currency: 'rur' }, '5.00', 'RUB'],
    [{ price: 5, currency: ' kzt ' }, '5.00', 'KZT'],
    [{ price: 5, currency: null }, '5.00', 'RUB'],
    [{ currency: 'KZT' }, undefined, 'KZT'],
  ])('reads the price %j as %s %s', (item, price, currency) => {
    const { row, errors } = read(item);

    expect(errors).toEqual([]);
    expect([row.price, row.currency]).toEqual([price, currency]);
  });

  it('rejects what an earlier row of the batch is about, by SKU and by barcode without one', () => {
    const duplicates = new Duplicates();
    const rows = [
      { sku: '1', barcode: '46' },
      { sku: ' 1', barcode: '47' },
      { sku: null, barcode: '46' },
      { sku: '', barcode: '4 6' },
      { sku: '2', barcode: '46' },
    ].map((item, index) => read(item, duplicates, index));

    expect(rows.map(({ errors }) => errors.map(({ code, message }) => [code, message.slice(0, 5)]))).toEqual([
      [],
      [['DUPLICATE_IN_BATCH', 'Row 0']],
      [],
      [['DUPLICATE_IN_BATCH', 'Row 2']],
      [],
    ]);
  });

  it('answers any row with text that PostgreSQL stores', () => {
    const text = fc.option(fc.string({ unit: 'binary', maxLength: 80 }), { nil: undefined });
    const row = fc.record({
      sku: text,
      name: fc.string({ unit: 'binary' }),
      price: fc.anything(),
      currency: text,
      brand: text,
    });
    fc.assert(
      fc.property(row, (item) => {
        const answer = read(item);
        const texts = [
          answer.row.sku,
          answer.row.name,
          answer.row.brand,
          ...answer.errors.map(({ message }) => message),
        ];

        for (const found of texts) expect(found ?? '').toMatch(/^[^\0]*$/u);
        for (const found of texts) expect((found ?? '').isWellFormed()).toBe(true);
      }),
    );
  });
});
