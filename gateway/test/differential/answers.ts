import type { GraphQLFormattedError } from 'graphql';
import { placeOf } from './monolith.ts';

export type Path = readonly (string | number)[];

/** Where in the data an error's path leads. */
export type Landing =
  /** To a null, all the way. */
  | 'null'
  /** To a null on the way: what was asked below was taken away with it. */
  | 'above'
  /** To a field that the client did not ask for. */
  | 'unasked'
  /** To a value. */
  | 'value'
  | 'nowhere';

export interface Landed {
  readonly error: GraphQLFormattedError;
  readonly landing: Landing;
  /** The path, as far as there are data. */
  readonly place: Path;
}

/** Follows the path of an error into the data. */
export function landingOf(data: unknown, error: GraphQLFormattedError): Landed {
  const { path } = error;
  if (!path) return { error, landing: 'nowhere', place: [] };
  let value = data;
  for (const [depth, step] of path.entries()) {
    const place = path.slice(0, depth);
    if (value === null || value === undefined) return { error, landing: 'above', place };
    if (typeof value !== 'object' || !(step in value)) return { error, landing: 'unasked', place };
    value = (value as Record<string | number, unknown>)[step];
  }
  return { error, landing: value === null ? 'null' : 'value', place: path };
}

const isNullThere = (message: string): boolean => message.startsWith('Cannot return null for non-nullable');
const isInvalid = (message: string): boolean => /^(Enum ".*" cannot represent value|Invalid value found)/.test(message);

/** An error as it is compared: by message, place and code, in what the engines say alike. */
export function essence({ message, path, extensions }: GraphQLFormattedError): string {
  const place = path ? placeOf(path) : '(no path)';
  // graphql-js and Apollo name the field or the element of a list, and give the one no code, the other a code of theirs.
  if (isNullThere(message)) return `null where there must be a value @ ${place}`;
  if (isInvalid(message)) return `invalid value @ ${place}`;
  const code = extensions?.code;
  return `${message} @ ${place} ${code === 'DOWNSTREAM_SERVICE_ERROR' ? '' : String(code ?? '')}`.trim();
}

/** The first place in which two answers are not the same, the order of fields included. */
export function difference(one: unknown, other: unknown, place: Path = []): string | undefined {
  if (Object.is(one, other)) return undefined;
  const at = `at ${placeOf(place) || 'the top'}: ${brief(one)} and ${brief(other)}`;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return at;
  if (Array.isArray(one) !== Array.isArray(other)) return at;
  const [left, right] = [Object.entries(one), Object.entries(other)];
  const keys = [left, right].map((entries) => entries.map(([key]) => key).join());
  if (keys[0] !== keys[1]) return `at ${placeOf(place) || 'the top'}: fields ${keys[0]} and ${keys[1]}`;
  for (const [index, [key, value]] of left.entries()) {
    const found = difference(value, right[index]?.[1], [...place, key]);
    if (found) return found;
  }
  return undefined;
}

const brief = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 120);

/** Whether the answer is the whole one, with nulls in the place of some of its parts. */
export function isPartOf(part: unknown, whole: unknown): boolean {
  if (part === null || Object.is(part, whole)) return true;
  if (typeof part !== 'object' || typeof whole !== 'object' || whole === null) return false;
  const [left, right] = [Object.entries(part as object), Object.entries(whole)];
  return (
    left.length === right.length &&
    left.every(([key, value], index) => key === right[index]?.[0] && isPartOf(value, right[index]?.[1]))
  );
}

/** Those of the first that are not among the second. */
export function missingFrom(some: Iterable<string>, others: Iterable<string>): string[] {
  const known = new Set(others);
  return [...new Set(some)].filter((one) => !known.has(one));
}
