import { Notices } from '@gastronom/commerceml/notices';
import type { ProductItem } from '@gastronom/commerceml/row';
import { gramsOf } from '@gastronom/commerceml/weight';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Field } from './field-names.ts';
import { toRow } from './product-row.ts';

function itemOf(values: Partial<Record<Field, unknown>>, notices = new Notices()): ProductItem | string {
  const fields = new Map(Object.entries({ name: 'a', ...values })) as Map<Field, unknown>;
  const row = toRow(fields, { file: 'a', line: 1 }, values, { notices });
  if (row.kind === 'stock') throw new Error('a row with a name is no stock count');
  return row.kind === 'product' ? row.item : row.reason;
}

describe('kilograms', () => {
  it.each([
    ['0,18', '180'],
    ['1.2345', '1234.5'],
    ['2', '2000'],
    [0.1, '100'],
    ['0', '0'],
    ['1 кг', '1 кг'],
  ])('%j are %j grams', (kilograms, grams) => {
    expect(gramsOf(kilograms)).toBe(grams);
  });

  it('lose nothing on the way to grams', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(999_999), (whole, millionths) => {
        const text = `${whole},${String(millionths).padStart(6, '0')}`;

        expect(Number(gramsOf(text))).toBeCloseTo(whole * 1000 + millionths / 1000, 3);
      }),
    );
  });
});

describe('the values of a row', () => {
  it.each([
    ['Сладости > Халва', ['Сладости', 'Халва']],
    ['Сладости|Халва', ['Сладости', 'Халва']],
    ['Сладости / Халва', ['Сладости', 'Халва']],
    ['Кофе/чай', ['Кофе/чай']],
    [
      [' a ', '', 'b'],
      ['a', 'b'],
    ],
    ['', null],
  ])('take %j for the category path %j', (given, path) => {
    expect(itemOf({ categoryPath: given })).toMatchObject({ categoryPath: path });
  });

  it.each([
    ['Да', true],
    ['удалён', true],
    [1, true],
    ['нет', false],
    [false, false],
    ['', undefined],
  ])('take %j for removed: %j', (given, removed) => {
    expect(itemOf({ removed: given })).toMatchObject({ removed });
  });

  it('leave out pictures that are file names, and say so', () => {
    const notices = new Notices();

    expect(itemOf({ imageUrls: 'https://a.b/1.jpg, https://a.b/2.jpg;c.jpg' }, notices)).toMatchObject({
      imageUrls: ['https://a.b/1.jpg', 'https://a.b/2.jpg;c.jpg'],
    });
    expect(itemOf({ imageUrls: ['c.jpg'] }, notices)).toMatchObject({ imageUrls: undefined });
    expect(notices.list()).toEqual(['pictures that are file names, not web addresses, were left out']);
  });

  it('keep a barcode as it came, and warn of one that a spreadsheet rounded', () => {
    const notices = new Notices();

    expect(itemOf({ barcode: ' 460-705 ' }, notices)).toMatchObject({ barcode: '460-705' });
    expect(itemOf({ barcode: '4,6E+12' }, notices)).toMatchObject({ barcode: '4,6E+12' });
    expect(notices.list()).toHaveLength(1);
  });

  it.each([{ sku: ['1'] }, { price: true }, { description: {} }, { categoryPath: [1, [2]] }])(
    'make the row unreadable when they cannot be what their field is: %j',
    (values) => {
      expect(typeof itemOf(values as never)).toBe('string');
    },
  );
});
