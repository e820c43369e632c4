import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import type { Dice } from './dice.ts';

/** What stands in the database of this run, to be named by those whom it is none of. */
export interface Pool {
  /** By their table, as `sync_runs`. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  readonly texts: readonly string[];
  readonly cursors: readonly string[];
}

/** Texts that have broken programs before. */
export const strangeTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\u0001\u001b[31m\u007f\u0085',
  '\ud800',
  'x\udfff',
  '👩‍👩‍👧‍👦',
  'е\u0301ё',
  '\u202eabc\u2066',
  '\ufeff',
  'İıßẞ',
  "'; --",
  '"\\%_*',
  '%',
  '$1 {{x}} $y `z`',
  '../../etc',
  '<script>alert(1)</script>',
  'null',
  'NaN',
  '-1',
  '1e309',
  '007',
  '9'.repeat(40),
  'x'.repeat(300),
  'ы'.repeat(5_000),
  'org_none',
  'e30',
  'WyJwcm9kdWN0cyIsMV0',
  '00000000-0000-4000-8000-000000000000',
  '00000000-0000-0000-0000-00000000000g',
];

const moments = [
  '2026-01-14T09:30:00Z',
  '2026-01-14T09:30:00.123456789+14:00',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '1969-12-31T23:59:59Z',
  '+275760-09-13T00:00:00.000Z',
  '-271821-04-20T00:00:00.000Z',
  '2026-02-30T00:00:00Z',
  '2026-01-14',
  'yesterday',
  '',
  0,
];
const integers = [0, 1, 2, 3, 20, 100, 101, -1, 2_147_483_647, -2_147_483_648, 2_147_483_648, 0.5, 'x'];
const floats = [0, -0, 1, 1.5, 0.001, 0.0001, -1, 1e-300, 1e21, 1e308, -1e308, 999_999.999, 9_007_199_254_740_992, '1'];
const decimals = [
  '0',
  '12.50',
  '-0.01',
  '0.005',
  '1e5',
  '99999999999999999999.99',
  'NaN',
  '',
  ' 1',
  '1,5',
  7,
  1e30,
  -1,
];
const jsons = [{}, [], null, 'x', 1e308, { a: [{ b: '\u0000' }] }];
const booleans = [true, false, 'true'];

/** Where a value stands. */
export interface Place {
  readonly pool: Pool;
  /** The field of the graph and, below it, of the input: `setMemberRole` and `membershipId`. */
  readonly field: string;
  readonly key: string;
  readonly depth: number;
}

/** Ids of what the names around speak of, or of anything. */
function idsFor(dice: Dice, { pool, field, key }: Place): readonly string[] {
  const words = `${field} ${key}`.toLowerCase();
  const speaksOf = (table: string) => table.split('_').some((word) => words.includes(word.replace(/(ie)?s$/, '')));
  const near = [...pool.ids.keys()].filter(speaksOf);
  const all = [...pool.ids.values()].flat();
  return near.length === 0 || dice.oneIn(4) ? all : (pool.ids.get(dice.pick(near)) ?? all);
}

function text(dice: Dice, place: Place): unknown {
  const { cursors, texts } = place.pool;
  const ids = idsFor(dice, place);
  const known = place.key === 'after' ? cursors : dice.oneIn(4) || ids.length === 0 ? texts : ids;
  const kind = dice.below(10);
  if (kind < 6 && known.length > 0) return dice.pick(known);
  if (kind < 9) return dice.pick(strangeTexts);
  return String.fromCharCode(...Array.from({ length: dice.below(40) }, () => dice.below(0x1_0000)));
}

const ofScalar: Readonly<Record<string, readonly unknown[]>> = {
  Int: integers,
  Float: floats,
  Boolean: booleans,
  DateTime: moments,
  Decimal: decimals,
  LooseDecimal: decimals,
  JSON: jsons,
};

function scalar(dice: Dice, name: string, place: Place): unknown {
  if (name === 'ID' || name === 'String') return text(dice, place);
  // Most pages are of a length that is answered.
  if (name === 'Int' && place.key === 'first' && !dice.oneIn(4)) return dice.below(21);
  const strange = ofScalar[name];
  if (!strange) throw new Error(`say in random-value.ts what a ${name} may be`);
  return dice.pick(strange);
}

/** Any value that the type accepts, and some that it does not. */
export function randomValue(dice: Dice, type: GraphQLInputType, place: Place): unknown {
  if (isNonNullType(type)) return given(dice, type.ofType, place);
  return dice.oneIn(10) ? null : given(dice, type, place);
}

function given(dice: Dice, type: GraphQLInputType, place: Place): unknown {
  if (isNonNullType(type)) return given(dice, type.ofType, place);
  if (isListType(type)) {
    const length = dice.pick([0, 1, 1, 1, 2, 3, 60]);
    const one = () => randomValue(dice, type.ofType, place);
    // Many are many times the same: each would be drawn by itself.
    return length > 3 ? Array(length).fill(one()) : Array.from({ length }, one);
  }
  if (isEnumType(type)) return dice.pick(type.getValues().map(({ name }) => name));
  if (!isInputObjectType(type)) return scalar(dice, type.name, place);
  const wanted = Object.values(type.getFields()).filter(
    (field) => isRequiredInputField(field) || (place.depth < 3 && dice.oneIn(3)),
  );
  return Object.fromEntries(
    wanted.map(({ name, type: below }) => [
      name,
      randomValue(dice, below, { ...place, key: name, depth: place.depth + 1 }),
    ]),
  );
}
