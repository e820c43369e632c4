import type { Tree } from './answer-tree.ts';
import type { EntityCall, Requirement } from './plan.ts';
import type { TypeRelations } from './type-relations.ts';

/** The usual way in which entities are named: by a few fields without selections of their own. */
interface PlainFields {
  /** The same for entities that are named alike; undefined where only the whole way tells. */
  keyOf(entity: Tree): string | undefined;
}

const isPlain = (requirement: Requirement): boolean => requirement.kind === 'field' && !requirement.selections;

function plainFields(names: readonly string[]): PlainFields {
  return {
    keyOf(entity) {
      let key = entity.__typename as string;
      for (const name of names) {
        const value = entity[name];
        // With its length, since any text may stand in it.
        if (typeof value === 'string') key += `${value.length}"${value}`;
        else if (typeof value === 'number' || typeof value === 'boolean' || value === null) key += `'${value}`;
        else return undefined;
      }
      return key;
    },
  };
}

function compile({ requires }: EntityCall, typename: string, types: TypeRelations): PlainFields | null {
  const fitting = requires.filter(
    (requirement) => requirement.kind === 'field' || types.matches(typename, requirement.type),
  );
  const [fragment] = fitting;
  if (fragment?.kind !== 'fragment' || fitting.length > 1) return null;
  if (!fragment.selections.every(isPlain)) return null;
  const names = fragment.selections.flatMap((field) => (field.kind === 'field' ? field.from : []));
  // What every object in JavaScript has under some names is none of the entity's.
  return names.some((name) => name in {}) ? null : plainFields(names.filter((name) => name !== '__typename'));
}

const compiled = new WeakMap<EntityCall, Map<string, PlainFields | null>>();

/** How entities of the type of this one are named by a call, where that is the usual way. */
export function plainFieldsOf(call: EntityCall, { __typename: name }: Tree, types: TypeRelations): PlainFields | null {
  if (typeof name !== 'string') return null;
  const byType = compiled.get(call) ?? new Map<string, PlainFields | null>();
  const known = byType.get(name);
  if (known !== undefined) return known;
  const fields = compile(call, name, types);
  byType.set(name, fields);
  compiled.set(call, byType);
  return fields;
}
