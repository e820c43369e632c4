import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

const nobody = '00000000-0000-4000-8000-000000000000';

const ofScalar: Readonly<Record<string, unknown>> = {
  ID: nobody,
  String: 'text',
  Int: 1,
  Float: 1,
  Boolean: true,
  DateTime: '2026-01-14T09:30:00Z',
  Decimal: '1.00',
  LooseDecimal: '1',
  JSON: {},
};

/** The least that the type accepts. */
function minimalValue(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return minimalValue(type.ofType);
  if (isListType(type)) return [minimalValue(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(required.map((field) => [field.name, minimalValue(field.type)]));
  }
  if (type.name in ofScalar) return ofScalar[type.name];
  throw new Error(`say in minimal-operation.ts what a minimal ${type.name} is`);
}

export interface Minimal {
  /** `$a: Type!, …`, or nothing. */
  readonly declarations: readonly string[];
  /** `field(a: $a) { __typename }` */
  readonly selection: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Asks for one field with no more arguments than it demands. */
export function minimalOperation(field: GraphQLField<unknown, unknown>): Minimal {
  const required = field.args.filter(isRequiredArgument);
  const passed = required.map(({ name }) => `${name}: $${name}`).join(', ');
  const below = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  return {
    declarations: required.map(({ name, type }) => `$${name}: ${String(type)}`),
    selection: `${field.name}${passed ? `(${passed})` : ''}${below}`,
    variables: Object.fromEntries(required.map(({ name, type }) => [name, minimalValue(type)])),
  };
}
