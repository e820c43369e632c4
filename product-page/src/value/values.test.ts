import { describe, expect, it } from '@jest/globals';
import { readAvailability } from './availability.ts';
import { readAvailabilityWords } from './availability-words.ts';
import { readCondition } from './condition.ts';
import { currencyCode } from './currency-code.ts';
import { readGtin } from './gtin.ts';
import { readStructuredPrice } from './structured-price.ts';

describe('a price for machines', () => {
  it.each([
    ['9.9', 'EUR', '9.90'],
    ['9', 'EUR', '9'],
    ['26.00', 'EUR', '26'],
    ['129.0000', 'EUR', '129'],
    ['12,99', 'EUR', '12.99'],
    ['1,299.00', 'USD', '1299'],
    ['1.299,00', 'EUR', '1299'],
    ['$60', 'CAD', '60'],
    ['24990', 'CLP', '24990'],
    ['24.990', 'CLP', '24990'],
    ['1980.00', 'JPY', '1980'],
    ['1.250', 'KWD', '1.250'],
    ['0012.50', 'EUR', '12.50'],
    ['41.300000000000004', 'EUR', '41.30'],
    ['1759.9899999999998', 'BRL', '1759.99'],
  ])('reads %s %s as %s', (text, currency, amount) => {
    expect(readStructuredPrice(text, { currency })).toMatchObject({ amount });
  });

  it.each([
    ['0', 'EUR', 'is what shops fill in for nothing'],
    ['0.00', 'EUR', 'is what shops fill in for nothing'],
    ['1.299', 'EUR', 'may be 1299 or 1.30'],
    ['24.99', 'CLP', 'is a part of the least coin'],
    ['', 'EUR', 'is nothing'],
    ['{{ price }}', 'EUR', 'is a template'],
    ['12345678901234567', 'EUR', 'is no price of anything'],
  ])('does not read %j %s, which %s', (text, currency) => {
    expect(readStructuredPrice(text, { currency })).toBeNull();
  });
});

describe('a currency code', () => {
  it.each([
    ['eur', 'EUR'],
    [' USD ', 'USD'],
    ['RUR', 'RUB'],
    ['€', null],
    ['XXX', null],
    ['constructor', null],
  ])('reads %j as %s', (text, code) => {
    expect(currencyCode(text)).toBe(code);
  });
});

describe('availability', () => {
  it.each([
    ['https://schema.org/InStock', 'IN_STOCK'],
    ['http://www.schema.org/OutOfStock', 'OUT_OF_STOCK'],
    ['out of stock', 'OUT_OF_STOCK'],
    ['PreOrder', 'PRE_ORDER'],
    ['Discontinued', 'DISCONTINUED'],
    ['maybe', null],
    ['__proto__', null],
  ])('reads the term %j as %s', (text, name) => {
    expect(readAvailability(text)).toBe(name);
  });

  it.each([
    ['Currently not available', 'OUT_OF_STOCK'],
    ['In stock, 3 left', 'IN_STOCK'],
    ['Not sold', 'IN_STOCK'],
    ['SOLD!', 'SOLD'],
    ['Нет в наличии', 'OUT_OF_STOCK'],
    ['Есть в наличии', 'IN_STOCK'],
    ['Nicht auf Lager', 'OUT_OF_STOCK'],
    ['Auf Lager', 'IN_STOCK'],
    ['Non disponible', 'OUT_OF_STOCK'],
    ['Slut i lager', 'OUT_OF_STOCK'],
    ['Delivery by Tuesday', null],
  ])('reads the words %j as %s', (text, name) => {
    expect(readAvailabilityWords(text)).toBe(name);
  });
});

describe('a condition', () => {
  it.each([
    ['https://schema.org/NewCondition', 'NEW'],
    ['RefurbishedCondition', 'LIKE_NEW'],
    ['UsedCondition', null],
  ])('reads %j as %s', (text, name) => {
    expect(readCondition(text)).toBe(name);
  });
});

describe('a GTIN', () => {
  it.each([
    ['4006381333931', '4006381333931'],
    ['ean: 4006381333931', '4006381333931'],
    ['978-3-16-148410-0', '9783161484100'],
    ['4006381333932', null],
    ['0000000000000', null],
    ['12345', null],
  ])('reads %j as %s', (text, gtin) => {
    expect(readGtin(text)).toBe(gtin);
  });
});
