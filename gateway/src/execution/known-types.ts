import { type ConstDirectiveNode, type DocumentNode, Kind, type TypeNode } from 'graphql';

/** Which subgraph knows which types, and which members of those that are abstract: read from a supergraph. */
export interface KnownTypes {
  /** Abstract types of which some subgraphs know members that others do not. */
  readonly partial: ReadonlySet<string>;
  /** The objects that may stand for an abstract type, in one subgraph or anywhere. */
  members(abstract: string, subgraph?: string): ReadonlySet<string>;
  /** The type of a field, without its lists; undefined where there is no such field. Subgraphs may promise less. */
  typeOf(parent: string, field: string, subgraph?: string): string | undefined;
  /** Whether a subgraph can tell a field of an object of this type. */
  tells(subgraph: string, parent: string, field: string): boolean;
}

interface KnownField {
  readonly type: string;
  /** What it is in subgraphs that say otherwise. */
  readonly types: ReadonlyMap<string, string>;
  readonly tellers: ReadonlySet<string>;
}

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

type Directed = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

/** The arguments of each directive of a name, as text. */
const saidBy = ({ directives = [] }: Directed, name: string): Map<string, string>[] =>
  directives
    .filter((directive) => directive.name.value === name)
    .map(
      ({ arguments: given = [] }) =>
        new Map(given.map(({ name: key, value }) => [key.value, 'value' in value ? String(value.value) : ''])),
    );

const graphs = (said: readonly Map<string, string>[]): string[] => said.flatMap((each) => each.get('graph') ?? []);

/** What is said of a subgraph that cannot tell a field, or only sometimes, or not by itself. */
const reservations = ['external', 'usedOverridden', 'overrideLabel', 'requires', 'contextArguments'];

/** Who tells a field: all that know the type, unless it is said who does. */
function tellersOf(field: Directed, knowers: readonly string[]): string[] {
  const said = saidBy(field, 'join__field');
  if (said.length === 0) return [...knowers];
  const isWhole = (each: Map<string, string>) =>
    !reservations.some((name) => each.has(name) && each.get(name) !== 'false');
  // A field without a subgraph comes of an interface that is an object elsewhere: none of these tells it.
  return graphs(said.filter(isWhole));
}

const typesOf = (field: Directed): Map<string, string> =>
  new Map(
    saidBy(field, 'join__field').flatMap((said) => {
      const type = said.get('type')?.replaceAll(/[[\]!]/g, '');
      return type === undefined ? [] : [[said.get('graph') ?? '', type] as const];
    }),
  );

class Members {
  readonly #all = new Map<string, Map<string, Set<string>>>();

  add(abstract: string, graph: string, member?: string): void {
    const known = this.#all.get(abstract) ?? new Map<string, Set<string>>();
    this.#all.set(abstract, known);
    const here = known.get(graph) ?? new Set();
    known.set(graph, here);
    if (member !== undefined) here.add(member);
  }

  of(abstract: string, graph?: string): ReadonlySet<string> {
    const known = this.#all.get(abstract);
    if (graph !== undefined) return known?.get(graph) ?? new Set();
    return new Set([...(known?.values() ?? [])].flatMap((here) => [...here]));
  }

  partial(): Set<string> {
    const isPartial = (known: Map<string, Set<string>>, abstract: string) =>
      [...known.values()].some(({ size }) => size < this.of(abstract).size);
    return new Set(
      [...this.#all].filter(([abstract, known]) => isPartial(known, abstract)).map(([abstract]) => abstract),
    );
  }
}

function graphNames(supergraph: DocumentNode): Map<string, string> {
  const names = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const name = saidBy(value, 'join__graph')[0]?.get('name');
      if (name !== undefined) names.set(name, value.name.value);
    }
  }
  return names;
}

export function knownTypes(supergraph: DocumentNode): KnownTypes {
  const names = graphNames(supergraph);
  const members = new Members();
  const fields = new Map<string, KnownField>();
  for (const definition of supergraph.definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION &&
      definition.kind !== Kind.UNION_TYPE_DEFINITION
    ) {
      continue;
    }
    const type = definition.name.value;
    const knowers = graphs(saidBy(definition, 'join__type'));
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) for (const graph of knowers) members.add(type, graph);
    for (const said of saidBy(definition, 'join__unionMember')) {
      members.add(type, said.get('graph') ?? '', said.get('member'));
    }
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      for (const said of saidBy(definition, 'join__implements')) {
        members.add(said.get('interface') ?? '', said.get('graph') ?? '', type);
      }
    }
    for (const field of ('fields' in definition && definition.fields) || []) {
      const tellers = new Set(tellersOf(field, knowers));
      fields.set(`${type}.${field.name.value}`, { type: nameOf(field.type), types: typesOf(field), tellers });
    }
  }
  return {
    partial: members.partial(),
    members: (abstract, subgraph) => members.of(abstract, subgraph === undefined ? undefined : names.get(subgraph)),
    typeOf(parent, field, subgraph) {
      const known = fields.get(`${parent}.${field}`);
      return known?.types.get(names.get(subgraph ?? '') ?? '') ?? known?.type;
    },
    tells: (subgraph, parent, field) =>
      fields.get(`${parent}.${field}`)?.tellers.has(names.get(subgraph) ?? '') === true,
  };
}
