import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDecimal, roundDecimal, wholeDigits } from './printed-decimal.ts';

const read = (raw: unknown, scale = 2): string | undefined => {
  const digits = parseDecimal(raw);
  return digits && roundDecimal(digits, scale);
};

describe('a number as 1C prints it', () => {
  it.each([
    ['1 234,50', '1234.50'],
    ['1 234.50', '1234.50'],
    ['1\u00a0234,50', '1234.50'],
    ['1\u2009234\u202f567,5', '1234567.50'],
    ['1\u2009234\u2009567,5', '1234567.50'],
    ["1'234.50", '1234.50'],
    ['1’234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1,234.50', '1234.50'],
    ['1,234,567', '1234567.00'],
    ['1.234.567,8', '1234567.80'],
    ['1,234', '1.23'],
    ['1.234', '1.23'],
    ['12,5', '12.50'],
    ['12.', '12.00'],
    [',5', '0.50'],
    ['+7', '7.00'],
    ['-7,1', '-7.10'],
    ['−7', '-7.00'],
    ['7-', '-7.00'],
    ['- 7', '-7.00'],
    ['  12,50  ', '12.50'],
    ['007', '7.00'],
    ['1e3', '1000.00'],
    ['1,5E+03', '1500.00'],
    ['25e-1', '2.50'],
    [1e3, '1000.00'],
    [1e-7, '0.00'],
    [0.1 + 0.2, '0.30'],
    [-0, '0.00'],
    ['-0,001', '0.00'],
    [999_999_999_999.99, '999999999999.99'],
    [1e21, '1000000000000000000000.00'],
  ])('reads %j as %s', (raw, expected) => {
    expect(read(raw)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    'abc',
    'NaN',
    'Infinity',
    '-Infinity',
    '.',
    ',',
    '-',
    '--5',
    '-5-',
    '+5-',
    '12,5,7',
    '1 23',
    '1 2345',
    '12 34,5',
    '1.234.56',
    '1,234,56',
    '1 234.567,8',
    '12,-',
    '100-00',
    '(5)',
    '0x10',
    '1e',
    'e3',
    '1_000',
    '١٢',
    '½',
    '12 шт',
    '1e9999',
  ])('reads no number in %j', (raw) => {
    expect(parseDecimal(raw)).toBeUndefined();
  });

  it.each([[true], [null], [undefined], [{}], [[1]], [Number.NaN], [Number.POSITIVE_INFINITY]])(
    'reads no number in %p',
    (raw) => {
      expect(parseDecimal(raw)).toBeUndefined();
    },
  );

  it('rounds half away from zero', () => {
    const rounded = ['0,005', '0,0049999', '1,995', '-0,005', '9,995', '0,1', '2,5'].map((raw) => read(raw));

    expect(rounded).toEqual(['0.01', '0.00', '2.00', '-0.01', '10.00', '0.10', '2.50']);
    expect(read('2,5', 0)).toBe('3');
    expect(read('99,5', 0)).toBe('100');
  });

  it('counts the digits before the point', () => {
    expect(['0.00', '12.50', '-123.4', '7'].map(wholeDigits)).toEqual([1, 2, 3, 1]);
  });
});

const cents = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
const exact = (value: bigint): string => {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const parted = (digits: string, mark: string): string => digits.replace(/\B(?=(\d{3})+$)/g, mark);

describe('any number, however it is printed', () => {
  it('comes back to the cent, whatever parts its thousands and marks its decimals', () => {
    const groups = fc.constantFrom([' ', ','], ['\u00a0', ','], ['\u202f', '.'], ["'", '.'], ['.', ','], [',', '.']);
    fc.assert(
      fc.property(cents, groups, (value, [group = '', mark = '']) => {
        const [whole = '', fraction = ''] = exact(value).replace('-', '').split('.');
        const printed = `${value < 0n ? '-' : ''}${parted(whole, group)}${mark}${fraction}`;

        expect(read(printed)).toBe(exact(value));
      }),
    );
  });

  it('is the same as a JSON number and as its own text', () => {
    const readable = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
    fc.assert(
      fc.property(readable, (value) => {
        expect(read(value)).toBe(read(String(value)));
        expect(Math.abs(Number(read(value)) - value)).toBeLessThanOrEqual(0.0051 + Math.abs(value) * 1e-15);
      }),
    );
  });

  it('never throws, and answers digits with a point or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.anything()), (raw) => {
        expect(read(raw) ?? '0.00').toMatch(/^-?\d+\.\d\d$/);
      }),
    );
  });
});
