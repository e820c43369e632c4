import { Decimal } from 'decimal.js';
import type { BaseUnit } from '../price-list-row.ts';

/** What one of a unit holds, in a base unit. */
export interface Measure {
  readonly unit: BaseUnit;
  readonly size: Decimal;
}

/** UN/ECE Recommendation 20: weights, volumes and counts that goods are sold by. */
const measures: Readonly<Record<string, readonly [BaseUnit, string, string]>> = {
  KGM: ['KILOGRAM', '1', 'kg'],
  GRM: ['KILOGRAM', '0.001', 'g'],
  HGM: ['KILOGRAM', '0.1', 'hg'],
  DJ: ['KILOGRAM', '0.01', 'dag'],
  TNE: ['KILOGRAM', '1000', 't'],
  LBR: ['KILOGRAM', '0.45359237', 'lb'],
  ONZ: ['KILOGRAM', '0.028349523125', 'oz'],
  LTR: ['LITRE', '1', 'l'],
  DLT: ['LITRE', '0.1', 'dl'],
  CLT: ['LITRE', '0.01', 'cl'],
  MLT: ['LITRE', '0.001', 'ml'],
  HLT: ['LITRE', '100', 'hl'],
  DMQ: ['LITRE', '1', 'l'],
  MTQ: ['LITRE', '1000', 'm³'],
  C62: ['PIECE', '1', 'piece'],
  H87: ['PIECE', '1', 'piece'],
  EA: ['PIECE', '1', 'piece'],
  PCE: ['PIECE', '1', 'piece'],
  NAR: ['PIECE', '1', 'piece'],
  NMP: ['PIECE', '1', 'pack'],
  PR: ['PIECE', '2', 'pair'],
  DZN: ['PIECE', '12', 'dozen'],
  CEN: ['PIECE', '100', 'hundred'],
  MIL: ['PIECE', '1000', 'thousand'],
};

/** UN/ECE Recommendation 21: packages, in Recommendation 20 with an X before them. */
const packages: Readonly<Record<string, string>> = {
  XBA: 'barrel',
  XBC: 'crate',
  XBG: 'bag',
  XBI: 'bin',
  XBJ: 'bucket',
  XBO: 'bottle',
  XBX: 'box',
  XCA: 'can',
  XCN: 'container',
  XCR: 'crate',
  XCS: 'case',
  XCT: 'carton',
  XCX: 'can',
  XDR: 'drum',
  XJR: 'jar',
  XKG: 'keg',
  XNE: 'pack',
  XPA: 'packet',
  XPC: 'parcel',
  XPK: 'pack',
  XPU: 'tray',
  XPX: 'pallet',
  XRO: 'roll',
  XSA: 'sack',
  XSW: 'shrink-wrap',
  XTN: 'tin',
  XTU: 'tube',
};

/** What one of a unit holds; nothing for a package, of which other elements say it, and for codes that measure no goods. */
export function measureOf(code: string): Measure | undefined {
  const known = measures[code];
  return known && { unit: known[0], size: new Decimal(known[1]) };
}

/** A word for a unit; its code where none is known. */
export const unitWord = (code: string): string => measures[code]?.[2] ?? packages[code] ?? code;

/** Whether two codes mean the same unit: several are in use for pieces. */
export function isSameUnit(one: string, other: string): boolean {
  const [a, b] = [measureOf(one), measureOf(other)];
  return one === other || (a !== undefined && b !== undefined && a.unit === b.unit && a.size.eq(b.size));
}

const days: Readonly<Record<string, string>> = { DAY: '1', WEE: '7', MON: '30', HUR: '0.0416666', E49: '1' };

/** A lead time in whole days, begun ones counted; nothing for other units. */
export function daysOf(quantity: string, code: string): number | undefined {
  const length = days[code];
  return length === undefined ? undefined : new Decimal(quantity).mul(length).toDecimalPlaces(3).ceil().toNumber();
}
