import { GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';

/** A moment: RFC 3339 with a time zone, on the wire in UTC. */
export const DateTime: GraphQLScalarType = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  name: 'DateTime',
  description: 'A moment in time, as RFC 3339 has it: `2026-01-14T09:30:00Z`. Answers are in UTC.',
});

export const Json: GraphQLScalarType = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  name: 'JSON',
  description: 'Any JSON value, as it came.',
  specifiedByURL: null,
});

const decimalPattern = /^-?\d{1,20}(\.\d{1,6})?$/;

function toDecimal(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && decimalPattern.test(text)) return text;
  throw new TypeError(`A Decimal is digits with a point, as "1234.50": ${JSON.stringify(value)} is not.`);
}

/** An exact decimal number. Never a float: money is counted with it. */
export const Decimal: GraphQLScalarType<string, string> = new GraphQLScalarType({
  name: 'Decimal',
  description: 'An exact decimal number as a string, with a point: `"1234.50"`. Numbers are accepted on input.',
  serialize: toDecimal,
  parseValue: toDecimal,
  parseLiteral: (node) =>
    toDecimal(node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : undefined),
});
