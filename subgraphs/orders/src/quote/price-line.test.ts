import { minorUnit } from '@gastronom/shared/money';
import { describe, expect, it } from '@jest/globals';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { type Priced, priceLine, sumLines } from './price-line.ts';

const decimal = (most: number, places: number) =>
  fc.integer({ min: 1, max: most * 10 ** places }).map((units) => new Decimal(units).div(10 ** places).toFixed());

const line = (currency: string) =>
  fc.record({
    priced: fc.record({
      price: decimal(1_000, 4).map((amount) => ({ amount, currency })),
      taxRate: fc.constantFrom('0.00', '6.00', '12.00', '19.00', '25.00'),
      taxIncluded: fc.boolean(),
    }) as fc.Arbitrary<Priced>,
    quantity: decimal(500, 3),
  });

describe('a price', () => {
  it.each([
    ['10.50', '3', false, '31.5', '3.78', '35.28'],
    ['4.20', '2', true, '7.5', '0.9', '8.4'],
    ['3.333', '4', false, '13.33', '1.6', '14.93'],
    ['0.005', '1', false, '0.01', '0', '0.01'],
  ])('of %s times %s, with tax: %s, is rounded half-up', (amount, quantity, taxIncluded, goods, tax, total) => {
    const amounts = priceLine({ price: { amount, currency: 'EUR' }, taxRate: '12.00', taxIncluded }, quantity);

    expect([amounts.goods.toFixed(), amounts.tax.toFixed(), amounts.total.toFixed()]).toEqual([goods, tax, total]);
  });

  it.each(['EUR', 'JPY', 'KWD'])('in %s adds up, line by line and over all', (currency) => {
    fc.assert(
      fc.property(fc.array(line(currency), { minLength: 1, maxLength: 30 }), (lines) => {
        const amounts = lines.map(({ priced, quantity }) => priceLine(priced, quantity));
        const sum = sumLines(amounts, { fee: '4', freeFrom: '100' });

        for (const { goods, tax, total } of amounts) {
          expect(goods.plus(tax).equals(total)).toBe(true);
          for (const amount of [goods, tax, total])
            expect(amount.decimalPlaces()).toBeLessThanOrEqual(minorUnit(currency));
          expect(tax.isNegative()).toBe(false);
        }
        expect(sum.goods.plus(sum.tax).plus(sum.delivery).equals(sum.total)).toBe(true);
        expect(sum.delivery.toFixed()).toBe(sum.listed.lessThan(100) ? '4' : '0');
      }),
    );
  });
});
