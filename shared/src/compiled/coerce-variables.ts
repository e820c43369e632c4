import { type GraphQLSchema, getVariableValues, Kind, print, type VariableDefinitionNode } from 'graphql';

type Values = Readonly<Record<string, unknown>>;

export type CoerceVariables = (given: Values) => ReturnType<typeof getVariableValues>;

const isRepresentations = ({ type, defaultValue }: VariableDefinitionNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE && print(type) === '[_Any!]!' && !defaultValue;

const isEntityList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entity) => typeof entity === 'object' && entity !== null);

/**
 * What the values that an operation was given come to. The entities that a gateway names are taken as they come, since
 * their type, `_Any`, says nothing about them; looking at each property of each would be most of what they cost.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): CoerceVariables {
  const wholly: CoerceVariables = (given) => getVariableValues(schema, definitions, given, { maxErrors: 50 });
  if (definitions.length === 0 || !definitions.every(isRepresentations)) return wholly;
  const names = definitions.map(({ variable }) => variable.name.value);
  return (given) => {
    const coerced: Record<string, unknown> = {};
    for (const name of names) {
      const value = given[name];
      if (!isEntityList(value)) return wholly(given);
      coerced[name] = value;
    }
    return { coerced };
  };
}
