import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { type Complete, type Execution, isPromise, Place, type Position } from './execution.ts';
import { infoOf, type SelectedField } from './field.ts';
import { listCode } from './list-code.ts';

/** Compiles what an operation selects of an object type in one place. */
export type CompileObject = (type: GraphQLObjectType, field: SelectedField, position: Position) => Complete;

const labelOf = ({ parent, definition }: SelectedField): string => `${parent.name}.${definition.name}`;

/** How a value of the type becomes what the answer shows, by the rules and in the words of graphql-js. */
export function completeValue(
  type: GraphQLOutputType,
  field: SelectedField,
  position: Position,
  compileObject: CompileObject,
): Complete {
  const complete = completePresent(isNonNullType(type) ? type.ofType : type, field, position, compileObject);
  const nullable: Complete = (execution, place, holder, key, value) => {
    if (value instanceof Error) throw value;
    return value == null ? null : complete(execution, place, holder, key, value);
  };
  if (!isNonNullType(type)) return nullable;
  const message = `Cannot return null for non-nullable field ${labelOf(field)}.`;
  return (execution, place, holder, key, value) => {
    const completed = nullable(execution, place, holder, key, value);
    if (completed === null) throw new Error(message);
    return completed;
  };
}

function completePresent(
  type: GraphQLOutputType,
  field: SelectedField,
  position: Position,
  compileObject: CompileObject,
): Complete {
  if (isLeafType(type)) return completeLeaf(type);
  if (isListType(type)) return completeList(type.ofType, field, position, compileObject);
  if (isAbstractType(type)) return completeAbstract(type, field, position, compileObject);
  if (isObjectType(type)) return completeObject(type, field, position, compileObject);
  throw new Error(`No value is of the type ${inspect(type)}.`);
}

function completeLeaf(type: GraphQLLeafType): Complete {
  return (_execution, _place, _holder, _key, value) => {
    const serialized = type.serialize(value);
    if (serialized != null) return serialized;
    throw new Error(
      `Expected \`${inspect(type)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(serialized)}`,
    );
  };
}

function completeList(
  type: GraphQLOutputType,
  field: SelectedField,
  { nodes, typename, nullable }: Position,
  compileObject: CompileObject,
): Complete {
  const position: Position = { nodes, typename: undefined, nullable: !isNonNullType(type) };
  const complete = completeValue(type, field, position, compileObject);
  const itemType = isNonNullType(type) ? type.ofType : type;
  return listCode({
    placeAt: (holder, key) => new Place(holder, key, typename, nullable),
    // What is certainly an object of this type needs no look at what else it may be.
    object:
      isObjectType(itemType) && !itemType.isTypeOf
        ? completeObject(itemType, field, position, compileObject)
        : undefined,
    item: (execution, list, index, value) =>
      isPromise(value)
        ? execution.wait(new Place(list, index, undefined, position.nullable), position, value, complete)
        : complete(execution, undefined, list, index, value),
    caught: (execution, list, index, error) => execution.caught(list, index, position, error),
    refuse: () => {
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${labelOf(field)}".`);
    },
  });
}

/** Type resolvers are told the path of the field, not of an item of its list. */
function fieldPlace(place: Place): Place {
  let at = place;
  while (typeof at.key === 'number' && at.holder) at = at.holder;
  return at;
}

export function completeObject(
  type: GraphQLObjectType,
  field: SelectedField,
  position: Position,
  compileObject: CompileObject,
): Complete {
  const complete = compileObject(type, field, position);
  const { isTypeOf } = type;
  if (!isTypeOf) return complete;
  const check = (is: unknown, value: unknown): void => {
    if (is) return;
    throw new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, { nodes: field.nodes });
  };
  return (execution, given, holder, key, value) => {
    execution.unsure++;
    const place = given ?? new Place(holder, key, position.typename, position.nullable);
    const is = isTypeOf.call(type, value, execution.contextValue, infoOf(field, execution, fieldPlace(place)));
    if (isPromise(is)) {
      return execution.wait(place, position, is, (...[, , , , answer]) => {
        check(answer, value);
        return complete(execution, place, holder, key, value);
      });
    }
    check(is, value);
    return complete(execution, place, holder, key, value);
  };
}

function completeAbstract(
  type: GraphQLAbstractType,
  field: SelectedField,
  position: Position,
  compileObject: CompileObject,
): Complete {
  const known = new Map<unknown, Complete>();
  const compile = (name: unknown, value: unknown): Complete => {
    const complete = completeObject(runtimeType(name, value, type, field), field, position, compileObject);
    known.set(name, complete);
    return complete;
  };
  for (const name of namedFragments(type, field)) compile(name, undefined);
  const resolveType = type.resolveType ?? defaultTypeResolver;
  return (execution: Execution, given, holder, key, value) => {
    execution.unsure++;
    const place = given ?? new Place(holder, key, position.typename, position.nullable);
    const info = infoOf(field, execution, fieldPlace(place));
    const name = resolveType.call(type, value, execution.contextValue, info, type);
    if (isPromise(name)) {
      return execution.wait(place, position, name, (...[, , , , answer]) =>
        (known.get(answer) ?? compile(answer, value))(execution, place, holder, key, value),
      );
    }
    return (known.get(name) ?? compile(name, value))(execution, place, holder, key, value);
  };
}

/** Object types that the selection names itself: those that are likely to come. */
export function namedFragments(type: GraphQLAbstractType, { nodes, parts: { schema } }: SelectedField): Set<string> {
  const names = new Set<string>();
  for (const selection of nodes.flatMap((node) => node.selectionSet?.selections ?? [])) {
    if (selection.kind !== 'InlineFragment' || !selection.typeCondition) continue;
    const named = schema.getType(selection.typeCondition.name.value);
    if (isObjectType(named) && schema.isSubType(type, named)) names.add(named.name);
  }
  return names;
}

function runtimeType(
  name: unknown,
  value: unknown,
  abstract: GraphQLAbstractType,
  field: SelectedField,
): GraphQLObjectType {
  const { nodes, parts } = field;
  const refuse = (message: string): never => {
    throw new GraphQLError(message, { nodes });
  };
  const must = `Abstract type "${abstract.name}" must resolve to an Object type at runtime for field "${labelOf(field)}"`;
  if (name == null) {
    return refuse(
      `${must}. Either the "${abstract.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
    );
  }
  if (isObjectType(name)) {
    return refuse(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    );
  }
  if (typeof name !== 'string') return refuse(`${must} with value ${inspect(value)}, received "${inspect(name)}".`);
  const named = parts.schema.getType(name);
  const resolved = `Abstract type "${abstract.name}" was resolved to a`;
  if (!named) return refuse(`${resolved} type "${name}" that does not exist inside the schema.`);
  if (!isObjectType(named)) return refuse(`${resolved} non-object type "${name}".`);
  if (!parts.schema.isSubType(abstract, named)) {
    return refuse(`Runtime Object type "${named.name}" is not a possible type for "${abstract.name}".`);
  }
  return named;
}
