import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
} from 'graphql';
import { type Complete, type Execution, isPromise, Place, type Position } from './execution.ts';
import { type AnswerField, answerResolved, argsOf, infoOf, type SelectedField } from './field.ts';
import { type CompileObject, completeObject, completeValue, namedFragments } from './value.ts';

interface Reference {
  readonly __typename: string;
}

type Resolve = (reference: Reference, context: unknown, info: GraphQLResolveInfo) => unknown;

/** How references to one type become entities. */
interface Kind {
  readonly resolve: Resolve | undefined;
  readonly complete: Complete;
}

/** Where @apollo/subgraph keeps a type's `__resolveReference`. */
const resolverOf = (type: GraphQLObjectType): Resolve | undefined =>
  (type.extensions as { apollo?: { subgraph?: { resolveReference?: Resolve } } }).apollo?.subgraph?.resolveReference;

const itemTypeOf = (type: GraphQLOutputType): GraphQLOutputType => {
  const list = getNullableType(type);
  return isListType(list) ? list.ofType : list;
};

export const isEntities = ({ parent, parts: { schema }, definition }: SelectedField): boolean =>
  definition.name === '_entities' && parent === schema.getQueryType() && isListType(getNullableType(definition.type));

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * Answers `_entities` as @apollo/subgraph does. That makes a promise of each entity and writes on it what type it is of,
 * to be asked for it again; here it is of the type that its reference names.
 */
export function answerEntities(field: SelectedField, compileObject: CompileObject): AnswerField {
  const { key, typename, nullable, nodes, parts } = field;
  const position: Position = { nodes, typename: undefined, nullable: true };
  const itemType = itemTypeOf(field.definition.type);
  // Compiled when they are needed, which is hardly ever.
  const usual = once(() => answerResolved(field, completeValue(field.definition.type, field, field, compileObject)));
  const other = once(() => completeValue(itemType, field, position, compileObject));
  const kinds = new Map<string, Kind | undefined>();

  const kindOf = (name: string): Kind | undefined => {
    if (kinds.has(name)) return kinds.get(name);
    const type = parts.schema.getType(name);
    const isEntity = isObjectType(type) && isAbstractType(itemType) && parts.schema.isSubType(itemType, type);
    const kind = isEntity ? makeKind(type) : undefined;
    // A name that no type has is not kept: there are as many as somebody cares to send.
    if (type) kinds.set(name, kind);
    return kind;
  };

  const makeKind = (type: GraphQLObjectType): Kind => {
    const object = completeObject(type, field, position, compileObject);
    return {
      resolve: resolverOf(type),
      complete: (execution, place, holder, index, value) => {
        if (value == null) return null;
        if (typeof value !== 'object' || value instanceof Error) return other()(execution, place, holder, index, value);
        return object(execution, place, holder, index, value);
      },
    };
  };

  const answer = (execution: Execution, list: Place, index: number, { complete: entity }: Kind, value: unknown) => {
    try {
      if (isPromise(value)) return execution.wait(new Place(list, index, undefined, true), position, value, entity);
      return entity(execution, undefined, list, index, value);
    } catch (error) {
      return execution.caught(list, index, position, error);
    }
  };

  if (isAbstractType(itemType)) for (const name of namedFragments(itemType, field)) kindOf(name);
  return (execution, object, source) => {
    try {
      const { representations } = argsOf(field, execution) as { readonly representations: readonly Reference[] };
      const found = representations.map((reference) => kindOf(reference.__typename));
      // Interfaces with keys, and types that are no entities or not there.
      if (!found.every((kind) => kind !== undefined)) return usual()(execution, object, source);
      const place = new Place(object, key, typename, nullable);
      const info = infoOf(field, execution, place);
      const values = representations.map((reference, index) => {
        const resolve = found[index]?.resolve;
        return resolve ? resolve(reference, execution.contextValue, info) : reference;
      });
      const items: unknown[] = [];
      place.value = items;
      found.forEach((kind, index) => {
        items.push(answer(execution, place, index, kind, values[index]));
      });
      return items;
    } catch (error) {
      return execution.caught(object, key, field, error);
    }
  };
}
