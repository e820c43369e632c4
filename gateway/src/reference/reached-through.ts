import { isPublic, type Permissions, type Rule } from '@gastronom/shared/permissions';
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isIntrospectionType, isObjectType } from 'graphql';

export const anyone = 'anyone';

/** Who a rule lets through, in its own words; undefined where it asks nothing. */
export const whoOf = (chosen: Rule | typeof isPublic): string | undefined =>
  chosen === isPublic ? undefined : (chosen as Rule).audience.who;

export const objectTypesOf = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !isIntrospectionType(type));

const roots = new Set(['Query', 'Mutation', 'Subscription']);

/** An entity is reached from any subgraph that names its key. */
const isEntity = ({ astNode }: GraphQLObjectType): boolean =>
  astNode?.directives?.some(({ name }) => name.value === 'key') ?? false;

/** Whom the fields let through that lead to each type: they guard what its own fields do not. */
export function reachedThrough(schema: GraphQLSchema, permissions: Permissions): Map<string, Set<string>> {
  const types = objectTypesOf(schema);
  const isOpen = (type: GraphQLObjectType) => roots.has(type.name) || isEntity(type);
  const reached = new Map(types.map((type) => [type.name, new Set(isOpen(type) ? [anyone] : [])]));
  const steps = types.flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const chosen = permissions[type.name]?.[field.name] ?? permissions[type.name]?.['*'];
      return chosen ? [{ from: type.name, to: getNamedType(field.type).name, who: whoOf(chosen) }] : [];
    }),
  );
  // Whom a field lets through reach all that lies behind it: until nobody new comes anywhere.
  for (let size = -1, now = 0; now !== size; now = sizeOf(reached)) {
    size = now;
    for (const { from, to, who } of steps)
      for (const comer of who === undefined ? (reached.get(from) ?? []) : [who]) reached.get(to)?.add(comer);
  }
  return reached;
}

const sizeOf = (reached: ReadonlyMap<string, ReadonlySet<string>>): number =>
  [...reached.values()].reduce((sum, set) => sum + set.size, 1);
