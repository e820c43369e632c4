import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { readMoment, readTextArray, readTypes } from './read-types.ts';

const pgMoment = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ);
const textArray: number = 1009;
const pgArray = pg.types.getTypeParser(textArray);

describe('a moment', () => {
  it.each([
    '2026-11-21 17:56:03.385123+00',
    '2026-11-21 17:56:03.3+00',
    '2026-11-21 17:56:03+00',
    '2026-11-21 20:56:03.385+03',
    '2026-11-21 20:56:03.385+05:30',
    '0050-01-01 00:00:00+00',
    '12026-11-21 17:56:03+00',
    '0044-03-15 10:00:00+00 BC',
  ])('is read as pg reads it: %s', (text) => {
    expect(readMoment(text)).toEqual(pgMoment(text));
  });

  it('may be without end', () => {
    expect(readMoment('infinity')).toBe(Number.POSITIVE_INFINITY);
  });

  it('is read as pg reads it, whenever it is', () => {
    const moments = fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (moment) => {
        const text = moment.toISOString().replace('T', ' ').replace('Z', '+00');
        expect(readMoment(text)).toEqual(moment);
      }),
    );
  });
});

describe('an array of texts', () => {
  it.each([
    '{}',
    '{a,b}',
    '{"a,b",c}',
    '{"a\\"b","c\\\\d"}',
    '{NULL,a}',
    '{"NULL"}',
    '{"",a}',
    '{{a,b},{c,d}}',
    '[0:1]={a,b}',
    '{21f2bc2a-5c67-4dd5-a1f9-08b8e2d1a2c3,31f2bc2a-5c67-4dd5-a1f9-08b8e2d1a2c3}',
  ])('is read as pg reads it: %s', (text) => {
    expect(readTextArray(text)).toEqual(pgArray(text));
  });
});

describe('an array of bigints', () => {
  it('is read as pg reads it', () => {
    const bigintArray: number = 1016;
    const text = '{1,9007199254740993,-5,NULL}';

    const read = readTypes.getTypeParser(bigintArray, 'text');

    expect(read('{1,9007199254740993}')).toEqual(['1', '9007199254740993']);
    expect(read(text)).toEqual(pg.types.getTypeParser(bigintArray)(text));
  });
});
