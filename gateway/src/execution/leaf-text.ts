import { type GraphQLLeafType, isEnumType } from 'graphql';

/** The JSON text of a value, or undefined where the type has no such value. */
export type LeafText = (value: unknown) => string | undefined;

/** What must be escaped in JSON, and half pairs of UTF-16, which cannot be sent. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON escapes
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;
/** Longer texts are written faster by what checks them as it writes. */
const longestChecked = 80;

const stringText = (value: string): string =>
  value.length < longestChecked && !escaped.test(value) ? `"${value}"` : JSON.stringify(value);

const ofAnyForm: LeafText = (value) => (typeof value === 'string' ? stringText(value) : JSON.stringify(value));

const builtIn: Readonly<Record<string, LeafText>> = {
  String: (value) => (typeof value === 'string' ? stringText(value) : undefined),
  ID: (value) => (typeof value === 'string' ? stringText(value) : Number.isInteger(value) ? String(value) : undefined),
  Int: (value) => (Number.isInteger(value) ? String(value) : undefined),
  Float: (value) => (Number.isFinite(value) ? String(value) : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? `${value}` : undefined),
};

/** How values of a scalar or an enum are written; what a subgraph may not answer, or clients may not see, is not. */
export function leafTextOf(type: GraphQLLeafType): LeafText {
  if (isEnumType(type)) {
    const texts = new Map(type.getValues().map(({ name }) => [name as unknown, `"${name}"`]));
    return (value) => texts.get(value);
  }
  return builtIn[type.name] ?? ofAnyForm;
}
