import {
  GraphQLBoolean,
  type GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLOutputType,
  GraphQLString,
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isNonNullType,
} from 'graphql';
import { type Complete, Place } from './execution.ts';
import { type AnswerField, type AnswerRead, isRead, read, type SelectedField } from './field.ts';
import { functionCode } from './function-code.ts';

/** A field of an object, and how it is answered: `__typename` needs nothing but the name. */
export type CompiledField =
  | { readonly field: SelectedField; readonly answer: AnswerField | AnswerRead }
  | { readonly key: string; readonly constant: string };

/** Values that stand in the answer as they are; all others go the long way, where they are converted or refused. */
const plainTests = new Map<GraphQLOutputType, (value: string) => string>([
  [GraphQLString, (value) => `typeof ${value} === "string"`],
  [GraphQLID, (value) => `typeof ${value} === "string"`],
  [GraphQLInt, (value) => `typeof ${value} === "number" && (${value} | 0) === ${value}`],
  [GraphQLFloat, (value) => `typeof ${value} === "number" && ${value} - ${value} === 0`],
  [GraphQLBoolean, (value) => `typeof ${value} === "boolean"`],
]);

type EnumNames = ReadonlyMap<unknown, string>;

const enumNames = (type: GraphQLEnumType): EnumNames =>
  new Map(type.getValues().map(({ value, name }) => [value, name]));

interface Source {
  readonly reads: readonly { readonly variable: string; readonly name: string }[];
  readonly entries: readonly string[];
  /** Every object needs its place: something in it is more than a plain value. */
  readonly placed: boolean;
  /** Made of properties alone, with others in it: worth remembering for a source that comes again. */
  readonly kept: boolean;
}

const quote = (text: string): string => JSON.stringify(text);

function sourceOf(fields: readonly CompiledField[], enums: Map<number, EnumNames>, comesAgain: boolean): Source {
  const reads: { variable: string; name: string }[] = [];
  const entries: string[] = [];
  let placed = false;
  fields.forEach((compiled, index) => {
    if ('constant' in compiled) {
      entries.push(`${quote(compiled.key)}: ${quote(compiled.constant)}`);
      return;
    }
    const { field } = compiled;
    const answer = `answer${index}`;
    if (!isRead(field)) {
      placed = true;
      entries.push(`${quote(field.key)}: ${answer}(execution, place, source)`);
      return;
    }
    const value = `value${index}`;
    reads.push({ variable: value, name: field.definition.name });
    const plain = plainCode(field, index, value, enums);
    if (!plain) placed = true;
    const long = `${answer}(execution, ${plain ? '(place ??= placeAt(holder, key))' : 'place'}, source, ${value})`;
    entries.push(`${quote(field.key)}: ${plain ?? ''}${long}`);
  });
  const composite = fields.some(
    (compiled) => 'field' in compiled && !isLeafType(getNamedType(compiled.field.definition.type)),
  );
  const kept = comesAgain && composite && fields.every((compiled) => 'constant' in compiled || isRead(compiled.field));
  return { reads, entries, placed, kept };
}

/** Answers a plain value at once. */
function plainCode(
  { definition }: SelectedField,
  index: number,
  value: string,
  enums: Map<number, EnumNames>,
): string | undefined {
  const type = getNullableType(definition.type);
  const orNull = isNonNullType(definition.type) ? '' : `${value} == null ? null : `;
  if (isEnumType(type)) {
    enums.set(index, enumNames(type));
    return `(name = enum${index}.get(${value})) !== undefined ? name : ${orNull}`;
  }
  const test = plainTests.get(type)?.(value);
  return test && `${test} ? ${value} : ${orNull}`;
}

function codeOf({ reads, entries, placed, kept }: Source): string {
  const reading = reads.map(({ variable, name }) => `${variable} = object[${quote(name)}];`).join(' ');
  const readingSafely = reads.map(({ variable, name }) => `${variable} = read(object, ${quote(name)});`).join(' ');
  return `"use strict";
return function object(execution, place, holder, key, source) {
  ${
    kept
      ? `const before = execution.unsure, same = execution.known(selection, source);
  if (same !== undefined) {
    if (place !== undefined) place.value = same;
    return same;
  }`
      : ''
  }
  ${placed ? 'if (place === undefined) place = placeAt(holder, key);' : ''}
  let name${reads.map(({ variable }) => `, ${variable}`).join('')};
  ${
    reads.length > 0
      ? `const object = source !== null && (typeof source === "object" || typeof source === "function") ? source : nothing;
  try { ${reading} } catch { ${readingSafely} }`
      : ''
  }
  const answer = { ${entries.join(',\n    ')} };
  if (place !== undefined) place.value = answer;
  ${kept ? 'if (execution.unsure === before) execution.keep(selection, source, answer);' : ''}
  return answer;
};`;
}

/**
 * A function of its own for each selection of an operation. Properties are read first, since a getter may throw; then
 * the answer is made in one literal, so that V8 gives all of its kind one shape and reads, writes and prints them fast.
 */
export function objectCode(
  fields: readonly CompiledField[],
  typename: string | undefined,
  nullable: boolean,
  selection: number | undefined,
): Complete {
  const enums = new Map<number, EnumNames>();
  const source = sourceOf(fields, enums, selection !== undefined);
  const parts: Record<string, unknown> = {
    read,
    selection,
    nothing: {},
    placeAt: (holder: Place, key: string | number) => new Place(holder, key, typename, nullable),
  };
  fields.forEach((compiled, index) => {
    if ('answer' in compiled) parts[`answer${index}`] = compiled.answer;
  });
  for (const [index, names] of enums) parts[`enum${index}`] = names;
  return functionCode(codeOf(source), parts) as Complete;
}
