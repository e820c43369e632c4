import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import type { Dice } from '../fuzz/dice.ts';

const texts = ['', 'a', 'p-3', 'ы👩‍👩‍👧‍👦', '"quoted" \\ \n', '7', 'null', '$x'];
const ofScalar: Readonly<Record<string, readonly unknown[]>> = {
  Int: [0, 1, 2, 3, -7, 2_147_483_647],
  Float: [0, 1.5, -2, 1e21, 3],
  Boolean: [true, false],
  // An id may be sent as a number.
  ID: ['1', '7', 'x', 5],
  JSON: [{ a: [1, null] }, 'x', 3],
  Json: [{ a: [1, null] }, 'x', 3],
};

/** A value that the type accepts, as a client sends it in JSON. */
export function randomArgument(dice: Dice, type: GraphQLInputType, depth = 0): unknown {
  if (isNonNullType(type)) return given(dice, type.ofType, depth);
  return dice.oneIn(8) ? null : given(dice, type, depth);
}

function given(dice: Dice, type: GraphQLInputType, depth: number): unknown {
  if (isNonNullType(type)) return given(dice, type.ofType, depth);
  if (isListType(type)) {
    // One value stands for a list of it.
    if (dice.oneIn(6) && !isListType(type.ofType)) return given(dice, type.ofType, depth);
    return Array.from({ length: dice.below(4) }, () => randomArgument(dice, type.ofType, depth + 1));
  }
  if (isEnumType(type)) return dice.pick(type.getValues()).name;
  if (!isInputObjectType(type)) return dice.pick(ofScalar[type.name] ?? texts);
  const wanted = Object.values(type.getFields()).filter(
    (field) => isRequiredInputField(field) || (depth < 3 && dice.oneIn(2)),
  );
  return Object.fromEntries(wanted.map((field) => [field.name, randomArgument(dice, field.type, depth + 1)]));
}

/**
 * The value as it is written in a document. `variable` may put a variable in the place of an inner value: it gets what
 * stands there and its type.
 */
export function literalOf(
  value: unknown,
  type: GraphQLInputType,
  variable: (value: unknown, type: GraphQLInputType) => string | undefined,
): string {
  if (isNonNullType(type)) return literalOf(value, type.ofType, variable);
  if (value === null) return 'null';
  if (isListType(type)) {
    if (!Array.isArray(value)) return literalOf(value, type.ofType, variable);
    const one = (item: unknown) => variable(item, type.ofType) ?? literalOf(item, type.ofType, variable);
    return `[${value.map(one).join(', ')}]`;
  }
  if (isEnumType(type)) return String(value);
  if (!isInputObjectType(type)) return plain(value);
  const fields = type.getFields();
  const pairs = Object.entries(value as Record<string, unknown>).map(([key, below]) => {
    const field = fields[key];
    if (!field) throw new Error(`${type.name} has no ${key}`);
    return `${key}: ${variable(below, field.type) ?? literalOf(below, field.type, variable)}`;
  });
  return `{${pairs.join(', ')}}`;
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, below]) => `${key}: ${plain(below)}`)
    .join(', ')}}`;
}
