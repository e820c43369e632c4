import { changesNothingShared, sameForAll } from '@gastronom/shared/answer-tag';
import { type ConstDirectiveNode, type FieldDefinitionNode, Kind, parse } from 'graphql';

/** Fields as `Product.name`, by what they say of their answers. All others are each viewer’s own. */
export interface SharedFields {
  readonly sameForAll: Pick<ReadonlySet<string>, 'has'>;
  readonly changesNothingShared: Pick<ReadonlySet<string>, 'has'>;
}

/** Of a graph whose callers are all nobody: what one is told, all are. */
export const nobodysFields: SharedFields = { sameForAll: { has: () => true }, changesNothingShared: new Set() };

interface Tagged {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

const argumentOf = ({ arguments: given = [] }: ConstDirectiveNode, name: string): string | undefined => {
  const value = given.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
};

const isTagged = ({ directives = [] }: Tagged, name: string): boolean =>
  directives.some((directive) => directive.name.value === 'tag' && argumentOf(directive, 'name') === name);

/** Entities get fields from several subgraphs: none of these speaks for the fields of another. */
const isEntity = ({ directives = [] }: Tagged): boolean =>
  directives.some((directive) => directive.name.value === 'join__type' && argumentOf(directive, 'key') !== undefined);

const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

/** Fields of objects, as `Mutation.syncProducts`, that carry a tag. */
export function fieldsTagged(supergraphSdl: string, name: string): ReadonlySet<string> {
  const tagged = new Set<string>();
  for (const type of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? [])
      if (isTagged(field, name)) tagged.add(`${type.name.value}.${field.name.value}`);
  }
  return tagged;
}

/** Reads what the subgraphs declare, as it stands in the supergraph. Where nobody declares anything, nothing is shared. */
export function readSharedFields(supergraphSdl: string): SharedFields {
  const same = new Set<string>();
  const quiet = new Set<string>();
  for (const type of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const whole = isTagged(type, sameForAll) && !isEntity(type) && !rootTypes.has(type.name.value);
    const named = ({ name }: FieldDefinitionNode) => `${type.name.value}.${name.value}`;
    for (const field of type.fields ?? []) {
      if (whole || isTagged(field, sameForAll)) same.add(named(field));
      if (isTagged(field, changesNothingShared)) quiet.add(named(field));
    }
  }
  return { sameForAll: same, changesNothingShared: quiet };
}
