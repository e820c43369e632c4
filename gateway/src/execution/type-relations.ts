import { type DocumentNode, Kind } from 'graphql';
import type { Tree } from './answer-tree.ts';

/** Which types are what others are: objects and interfaces that implement interfaces, members of unions. */
export interface TypeRelations {
  /** Whether an object that calls itself `name` is a `condition`. */
  matches(name: string, condition: string): boolean;
  isAbstract(name: string): boolean;
}

/** Read from the whole supergraph: what is `@inaccessible` to clients still travels between subgraphs. */
export function typeRelations(supergraph: DocumentNode): TypeRelations {
  const kinds = new Map<string, Set<string>>();
  const add = (name: string, member: string) => {
    const known = kinds.get(name);
    if (known) known.add(member);
    else kinds.set(name, new Set([member]));
  };
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const { name } of definition.interfaces ?? []) add(name.value, definition.name.value);
    } else if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const { name } of definition.types ?? []) add(definition.name.value, name.value);
    }
  }
  return {
    matches: (name, condition) => name === condition || kinds.get(condition)?.has(name) === true,
    isAbstract: (name) => kinds.has(name),
  };
}

/** Whether an object may be of one of some types. Where nobody asked for its type, the plan knows that it is. */
export function isOneOf({ __typename: name }: Tree, wanted: readonly string[], types: TypeRelations): boolean {
  return typeof name !== 'string' || wanted.some((type) => types.matches(name, type));
}
