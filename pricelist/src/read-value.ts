import { parseDecimal } from '@gastronom/shared/printed-decimal';
import { DateTime } from 'luxon';
import type { BaseUnit, RowErrorCode } from './price-list-row.ts';

/** A value that is none of its kind. */
export class ValueError extends Error {
  constructor(
    readonly code: RowErrorCode,
    message: string,
  ) {
    super(message);
  }
}

const mostWhole = 20;
const mostFraction = 6;

export const shown = (value: unknown): string => {
  const text = (typeof value === 'string' ? value : JSON.stringify(value)) ?? '';
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
};

export function readText(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  throw new ValueError('BAD_VALUE', `${shown(value)} is no text.`);
}

/** Digits with a point, as the graph's `Decimal` takes them: nothing is rounded. */
export function readDecimal(value: unknown): string {
  const bare = typeof value === 'string' ? value.replace(/\s*%\s*$/, '') : value;
  const digits = parseDecimal(bare);
  if (!digits)
    throw new ValueError('INVALID_NUMBER', `${shown(value)} is no number: write it without a unit or a currency.`);
  const fraction = digits.fraction.replace(/0+$/, '');
  if (digits.whole.length > mostWhole || fraction.length > mostFraction)
    throw new ValueError('OUT_OF_RANGE', `${shown(value)} has more digits than any number needs.`);
  const text = `${digits.whole || '0'}${fraction && `.${fraction}`}`;
  return digits.negative && text !== '0' ? `-${text}` : text;
}

export function readWhole(value: unknown): number {
  const text = readDecimal(value);
  if (!/^-?\d{1,9}$/.test(text)) throw new ValueError('OUT_OF_RANGE', `${shown(value)} is no whole number.`);
  return Number(text);
}

const yes = new Set(['true', 'yes', 'y', '1', 'x', '+', 'да', 'истина', 'есть', 'в наличии', 'ja', 'sant']);
const no = new Set(['false', 'no', 'n', '0', '-', 'нет', 'ложь', 'нет в наличии', 'nej', 'falskt']);

export function readBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const word = readText(value).toLowerCase();
  if (yes.has(word)) return true;
  if (no.has(word)) return false;
  throw new ValueError('BAD_VALUE', `${shown(value)} is neither yes nor no.`);
}

const baseUnits: Readonly<Record<BaseUnit, readonly string[]>> = {
  KILOGRAM: ['kilogram', 'kilograms', 'kg', 'kgm', 'kilo', 'кг', 'килограмм'],
  LITRE: ['litre', 'litres', 'liter', 'liters', 'l', 'ltr', 'л', 'литр'],
  PIECE: ['piece', 'pieces', 'pcs', 'pc', 'pce', 'ea', 'each', 'c62', 'h87', 'st', 'styck', 'шт', 'штука'],
};
const baseUnitOf = new Map(
  Object.entries(baseUnits).flatMap(([unit, words]) => words.map((word) => [word, unit as BaseUnit] as const)),
);

/** What a word for a unit measures; nothing for one that measures neither weight, volume nor count. */
export const findBaseUnit = (word: string): BaseUnit | undefined =>
  baseUnitOf.get(word.trim().toLowerCase().replace(/\.$/, ''));

export function readBaseUnit(value: unknown): BaseUnit {
  const unit = findBaseUnit(readText(value));
  if (!unit) throw new ValueError('BAD_VALUE', `${shown(value)} is none of kg, litre and piece.`);
  return unit;
}

export function readCurrency(value: unknown): string {
  const code = readText(value).toUpperCase();
  // Russian systems print the code that the rouble had before 1998.
  if (/^[A-Z]{3}$/.test(code)) return code === 'RUR' ? 'RUB' : code;
  throw new ValueError('BAD_VALUE', `${shown(value)} is no currency: three letters are, as SEK.`);
}

const dateForms = ['yyyy-MM-dd', 'dd.MM.yyyy', 'dd/MM/yyyy', 'yyyyMMdd'];

/** A date without a time, as the day's first moment in the zone; undefined where the text is no date. */
export function readDate(text: string, zone: string): DateTime<true> | undefined {
  // XML dates may carry a zone of their own: `2026-09-01Z`, `2026-09-01+02:00`.
  const zoned = /^(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)$/.exec(text);
  const read = zoned
    ? [DateTime.fromISO(`${zoned[1]}T00:00:00${zoned[2]}`, { setZone: true })]
    : dateForms.map((form) => DateTime.fromFormat(text, form, { zone }));
  return read.find((date): date is DateTime<true> => date.isValid);
}

/**
 * A moment: RFC 3339, or a date in the zone given.
 * @param edge a date that ends something is meant with the whole of its day.
 */
export function readMoment(value: unknown, zone: string, edge: 'start' | 'end'): string {
  const text = readText(value);
  const date = readDate(text, zone);
  if (date) return (edge === 'end' ? date.plus({ days: 1 }) : date).toUTC().toISO();
  const moment = DateTime.fromISO(text, { zone });
  if (moment.isValid && /^\d{4}-\d\d-\d\dT/.test(text)) return moment.toUTC().toISO();
  throw new ValueError('BAD_VALUE', `${shown(value)} is no date: 2026-03-01 and 01.03.2026 are.`);
}
