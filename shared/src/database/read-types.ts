import pg from 'pg';

const { TIMESTAMPTZ } = pg.types.builtins;
/** Which pg has no names for. */
const textArray: number = 1009;
const uuidArray: number = 2951;
/** Which it reads as texts, since not all of them are numbers of JavaScript's. */
const bigintArray: number = 1016;
const plainArrays = new Set([textArray, uuidArray, bigintArray]);
const longestMoment = '2026-11-21 17:56:03.385123+00'.length;

const anyMoment = pg.types.getTypeParser(TIMESTAMPTZ);
const anyArray = pg.types.getTypeParser(textArray);

/** In UTC, and of four digits a year, it is nearly ISO 8601, which the engine itself reads. */
export function readMoment(text: string): Date {
  if (!text.endsWith('+00') || text[4] !== '-' || text.length > longestMoment) return anyMoment(text);
  return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
}

/** What is quoted, is null, or is an array again. */
const delicate = /["\\]|NULL|.\{/;

/** What holds nothing that has to be quoted, as lists of ids and of short labels do not, is parted at its commas. */
export function readTextArray(text: string): string[] {
  if (text === '{}') return [];
  return delicate.test(text) || !text.startsWith('{') ? anyArray(text) : text.slice(1, -1).split(',');
}

/**
 * How pg reads what came, faster where it takes most of the time of reading a page of rows: it walks moments and arrays
 * letter by letter, with care for all that they may hold.
 */
export const readTypes: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && id === TIMESTAMPTZ) return readMoment;
    if (format !== 'binary' && plainArrays.has(id)) return readTextArray;
    return pg.types.getTypeParser(id, format as 'text');
  }) as typeof pg.types.getTypeParser,
};
