import {
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { subgraphSchema } from './subgraph-schema.ts';

type Definition = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;

/** A field as the subgraphs together promise it: on an object type, whoever resolves it. */
export interface FieldFacts {
  /** Subgraphs that resolve it. */
  readonly owners: readonly string[];
  /** Not null wherever one of them says so. */
  readonly type: TypeNode;
  /** Object types, or leaf values, that all of them know it may have. */
  readonly possible: ReadonlySet<string>;
  /** What must be fetched elsewhere first. */
  readonly requires: SelectionSetNode | undefined;
  /** Whether all of them agree on what may be null. */
  readonly agreed: boolean;
}

/** Entities that are numbered together: those of one type, or of one interface with a key. */
export interface Pool {
  readonly name: string;
  readonly types: readonly string[];
}

const isObjectDefinition = ({ kind }: { readonly kind: string }): boolean =>
  kind === Kind.OBJECT_TYPE_DEFINITION || kind === Kind.OBJECT_TYPE_EXTENSION;

const directive = (node: { directives?: FieldDefinitionNode['directives'] }, name: string) =>
  node.directives?.find((one) => one.name.value === name);

function text(node: { directives?: FieldDefinitionNode['directives'] }, name: string, argument: string) {
  const value = directive(node, name)?.arguments?.find((one) => one.name.value === argument)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

export const selectionOf = (fields: string): SelectionSetNode => {
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`no selection: ${fields}`);
  return operation.selectionSet;
};

const withoutNonNull = (type: TypeNode) => (type.kind === Kind.NON_NULL_TYPE ? type.type : type);

function strictest(one: TypeNode, other: TypeNode): TypeNode {
  const [left, right] = [withoutNonNull(one), withoutNonNull(other)];
  const type =
    left.kind === Kind.LIST_TYPE && right.kind === Kind.LIST_TYPE
      ? { ...left, type: strictest(left.type, right.type) }
      : left;
  const isNonNull = one.kind === Kind.NON_NULL_TYPE || other.kind === Kind.NON_NULL_TYPE;
  return isNonNull ? { kind: Kind.NON_NULL_TYPE, type } : type;
}

const nameIn = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameIn(type.type));

/** What follows from the schemas of the subgraphs, for those who invent data for them. */
export class Facts {
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  readonly pools: ReadonlyMap<string, Pool>;
  /** `Product.sku` and what leads to it: known to whoever names an entity, never wrong. */
  readonly keys = new Set<string>();
  /** Fields that others need for theirs. */
  readonly required = new Set<string>();
  readonly #provided = new Set<string>();
  readonly #fields = new Map<string, FieldFacts>();
  readonly #definitions: readonly (readonly [string, Definition])[];
  readonly #keysOf = new Map<string, SelectionSetNode[]>();
  readonly #stale = new Set<string>();

  constructor(subgraphs: ReadonlyMap<string, DocumentNode>) {
    this.schemas = new Map([...subgraphs].map(([name, document]) => [name, subgraphSchema(document)]));
    this.#definitions = [...subgraphs].flatMap(([name, { definitions }]) =>
      definitions.filter(isObjectDefinition).map((node) => [name, node as Definition] as const),
    );
    this.pools = this.#poolsOf(subgraphs);
    for (const [subgraph, type] of this.#definitions)
      for (const field of type.fields ?? []) {
        const from = text(field, 'override', 'from');
        if (from) this.#stale.add(`${from}:${type.name.value}.${field.name.value}`);
        const provides = text(field, 'provides', 'fields');
        if (provides) this.#note(this.#provided, subgraph, nameIn(field.type), selectionOf(provides));
      }
    for (const [subgraph, type] of this.#definitions) this.#read(subgraph, type);
  }

  field(type: string, field: string): FieldFacts {
    const facts = this.#fields.get(`${type}.${field}`);
    if (!facts) throw new Error(`no subgraph resolves ${type}.${field}`);
    return facts;
  }

  knows = (type: string, field: string): boolean => this.#fields.has(`${type}.${field}`);

  keysOf = (type: string): readonly SelectionSetNode[] => this.#keysOf.get(type) ?? [];

  /** Whether another subgraph has taken the field over, so that this one is not asked any more. */
  isStale = (subgraph: string, type: string, field: string): boolean => this.#stale.has(`${subgraph}:${type}.${field}`);

  /** Whether a subgraph may lack an entity that others have, without anybody else missing what it would say. */
  mayLack(subgraph: string, type: string): boolean {
    const definitions = this.#definitions.filter(([name, node]) => name === subgraph && node.name.value === type);
    const keys = definitions.flatMap(([, node]) => (node.directives ?? []).filter(({ name }) => name.value === 'key'));
    const fields = definitions
      .flatMap(([, node]) => node.fields ?? [])
      .filter((field) => !directive(field, 'external') && !this.isStale(subgraph, type, field.name.value))
      .map((field) => field.name.value)
      .filter((field) => !this.keys.has(`${type}.${field}`));
    const concrete = this.pools.get(type)?.name === type ? (this.pools.get(type)?.types[0] ?? type) : type;
    const isOnly = (field: string) =>
      this.field(concrete, field).owners.length === 1 &&
      !this.required.has(`${type}.${field}`) &&
      !this.#provided.has(`${type}.${field}`);
    return keys.length === 1 && fields.every(isOnly);
  }

  #poolsOf(subgraphs: ReadonlyMap<string, DocumentNode>): Map<string, Pool> {
    const pools = new Map<string, Pool>();
    for (const [name, { definitions }] of subgraphs)
      for (const node of definitions) {
        if (node.kind !== Kind.INTERFACE_TYPE_DEFINITION || !directive(node, 'key')) continue;
        const schema = this.schemas.get(name);
        const type = schema?.getType(node.name.value);
        if (!schema || !isInterfaceType(type)) continue;
        const types = schema.getPossibleTypes(type).map((one) => one.name);
        for (const one of [type.name, ...types]) pools.set(one, { name: type.name, types });
      }
    for (const [, node] of this.#definitions) {
      const type = node.name.value;
      if (directive(node, 'key') && !pools.has(type)) pools.set(type, { name: type, types: [type] });
    }
    return pools;
  }

  /** Notes each field of a selection, nested ones too; those of other entities in a key are their own keys. */
  #note(into: Set<string>, subgraph: string, type: string, selection: SelectionSetNode): void {
    const found = this.schemas.get(subgraph)?.getType(type);
    for (const one of selection.selections) {
      if (one.kind !== Kind.FIELD) continue;
      for (const name of this.pools.get(type)?.types ?? []) into.add(`${name}.${one.name.value}`);
      into.add(`${type}.${one.name.value}`);
      if (!one.selectionSet || !(isObjectType(found) || isInterfaceType(found))) continue;
      const below = found.getFields()[one.name.value];
      if (below) this.#note(into, subgraph, getNamedType(below.type).name, one.selectionSet);
    }
  }

  #read(subgraph: string, node: Definition): void {
    const type = node.name.value;
    for (const one of node.directives ?? []) {
      const fields = one.name.value === 'key' ? text({ directives: [one] }, 'key', 'fields') : undefined;
      if (!fields) continue;
      this.#note(this.keys, subgraph, type, selectionOf(fields));
      this.#keysOf.set(type, [...this.keysOf(type), selectionOf(fields)]);
    }
    const types = directive(node, 'interfaceObject') ? (this.pools.get(type)?.types ?? []) : [type];
    for (const field of node.fields ?? []) {
      const requires = text(field, 'requires', 'fields');
      if (requires) this.#note(this.required, subgraph, type, selectionOf(requires));
      if (directive(field, 'external') || this.isStale(subgraph, type, field.name.value)) continue;
      for (const one of types) this.#own(subgraph, one, field, requires);
    }
  }

  #own(subgraph: string, type: string, field: FieldDefinitionNode, requires: string | undefined): void {
    const place = `${type}.${field.name.value}`;
    const known = this.#fields.get(place);
    const possible = this.#possible(subgraph, nameIn(field.type));
    this.#fields.set(place, {
      owners: [...(known?.owners ?? []), subgraph],
      type: known ? strictest(known.type, field.type) : field.type,
      possible: known ? new Set([...possible].filter((one) => known.possible.has(one))) : possible,
      requires: requires ? selectionOf(requires) : known?.requires,
      agreed: !known || (known.agreed && JSON.stringify(known.type) === JSON.stringify(field.type)),
    });
  }

  #possible(subgraph: string, name: string): Set<string> {
    const schema = this.schemas.get(subgraph);
    const type = schema?.getType(name);
    if (!schema || !type) throw new Error(`${subgraph} has no type ${name}`);
    if ('getValues' in type) return new Set(type.getValues().map((value) => value.name));
    if (isAbstractType(type)) return new Set(schema.getPossibleTypes(type).map((one) => one.name));
    // An interface object stands for all that implement the interface elsewhere.
    const pool = this.pools.get(name);
    return new Set(pool?.name === name ? pool.types : [name]);
  }
}
