import {
  defaultFieldResolver,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  isNonNullType,
  type OperationDefinitionNode,
} from 'graphql';
import { type Complete, type Execution, isPromise, Place, type Position } from './execution.ts';

/** What all fields of an operation have in common. */
export interface OperationParts {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
}

/** A field that an operation asks an object type for. */
export interface SelectedField extends Position {
  readonly parts: OperationParts;
  readonly parent: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  /** Its key in the answer. */
  readonly key: string;
  /** Its place among all fields of the operation that have arguments. */
  readonly index: number;
  readonly typename: string;
}

/** Answers a field of one object: what stands in the answer, or undefined while it is waited for. */
export type AnswerField = (execution: Execution, object: Place, source: unknown) => unknown;

/** The same for a field without resolver, whose property was read already. */
export type AnswerRead = (execution: Execution, object: Place, source: unknown, value: unknown) => unknown;

export function selectField(
  parts: OperationParts,
  parent: GraphQLObjectType,
  definition: GraphQLField<unknown, unknown>,
  nodes: SelectedField['nodes'],
  index: number,
): SelectedField {
  const node = nodes[0];
  return {
    parts,
    parent,
    definition,
    nodes,
    index,
    key: node?.alias?.value ?? definition.name,
    typename: parent.name,
    nullable: !isNonNullType(definition.type),
  };
}

export const isRead = ({ definition: { resolve } }: SelectedField): boolean =>
  resolve === undefined || resolve === defaultFieldResolver;

/** As graphql-js makes it: a new object for each call. */
export function infoOf(field: SelectedField, execution: Execution, path: Place): GraphQLResolveInfo {
  const { parts, definition } = field;
  return {
    fieldName: definition.name,
    fieldNodes: field.nodes,
    returnType: definition.type,
    parentType: field.parent,
    path,
    schema: parts.schema,
    fragments: parts.fragments,
    rootValue: execution.rootValue,
    operation: parts.operation,
    variableValues: execution.variableValues,
  };
}

/** A resolver may keep and change what it is given, so each call gets an object of its own. */
export function argsOf(
  { definition, nodes: [node], index }: SelectedField,
  execution: Execution,
): Record<string, unknown> {
  if (definition.args.length === 0 || !node) return {};
  let args = execution.args[index];
  if (!args) {
    args = getArgumentValues(definition, node, execution.variableValues);
    execution.args[index] = args;
  }
  return { ...args };
}

/** A getter's error, kept until its field is answered. */
class Thrown {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** Reads a property whose getter may throw. */
export function read(source: Record<string, unknown>, name: string): unknown {
  try {
    return source[name];
  } catch (error) {
    return new Thrown(error);
  }
}

/** Answers a field from a property of its object, which may be a method, as graphql-js does without a resolver. */
export function answerRead(field: SelectedField, complete: Complete): AnswerRead {
  const { key, definition, typename, nullable } = field;
  const call = (execution: Execution, object: Place, source: unknown): unknown => {
    execution.unsure++;
    const args = argsOf(field, execution);
    const info = infoOf(field, execution, new Place(object, key, typename, nullable));
    const methods = source as Record<string, (...given: unknown[]) => unknown>;
    return methods[definition.name]?.(args, execution.contextValue, info);
  };
  return (execution, object, source, property) => {
    try {
      if (property instanceof Thrown) throw property.error;
      const value = typeof property === 'function' ? call(execution, object, source) : property;
      if (isPromise(value)) {
        return execution.wait(new Place(object, key, typename, nullable), field, value, complete);
      }
      return complete(execution, undefined, object, key, value);
    } catch (error) {
      return execution.caught(object, key, field, error);
    }
  };
}

/**
 * Whether a resolver may look at `info`. One that names fewer parameters, and has no other way to reach the rest, cannot
 * tell whether it is given.
 */
function seesInfo(resolve: (...given: never[]) => unknown): boolean {
  if (resolve.length > 3) return true;
  const text = Function.prototype.toString.call(resolve);
  const header = text.slice(0, text.search(/=>|\{/));
  return header === '' || header.includes('=') || /\.\.\.|\b(?:arguments|eval)\b|\[native code\]/.test(text);
}

/** Answers a field by its resolver. */
export function answerResolved(field: SelectedField, complete: Complete): AnswerField {
  const { key, typename, nullable, definition } = field;
  const resolve = definition.resolve ?? defaultFieldResolver;
  const withInfo = seesInfo(resolve);
  const placeIn = (object: Place) => new Place(object, key, typename, nullable);
  return (execution, object, source) => {
    execution.unsure++;
    const place = withInfo ? placeIn(object) : undefined;
    // Given to a resolver alone that has no name for it.
    const info = (place && infoOf(field, execution, place)) as GraphQLResolveInfo;
    try {
      const value = resolve(source, argsOf(field, execution), execution.contextValue, info);
      if (isPromise(value)) return execution.wait(place ?? placeIn(object), field, value, complete);
      return complete(execution, place, object, key, value);
    } catch (error) {
      return execution.caught(object, key, field, error);
    }
  };
}
