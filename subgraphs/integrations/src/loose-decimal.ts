import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';

/** Hands any value on as it came: the row that it stands in is judged, and nothing else of the call. */
export const LooseDecimal: GraphQLScalarType = new GraphQLScalarType({
  name: 'LooseDecimal',
  description: [
    'A JSON number, or a string as 1C prints it. What cannot be parsed rejects its row, not the call.',
    '',
    'Read are `1234.5`, `"1 234,50"` (any kind of space, also no-break), `"1’234.50"`, `"1.234,50"`, `"1,234.50"`, `"12,5"`,',
    '`"+7"`, `"7-"`, `"1,5E+03"`. A comma or a point that stands alone is the decimal mark: `"1,234"` is one and 234',
    'thousandths, as 1C means it. More decimals than are kept are rounded half away from zero. A blank string is null.',
  ].join('\n'),
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
