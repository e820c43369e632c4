import { type DocumentNode, getNamedType, isInterfaceType, isUnionType, Kind, visit } from 'graphql';
import { landingOf } from './answers.ts';
import type { Verdict } from './comparison.ts';
import type { Case } from './engines.ts';
import type { World } from './world.ts';

const features = [
  'mutation',
  'several root fields of a mutation',
  'several operations',
  'introspection beside data',
  'alias',
  'aliased __typename',
  'inline fragment',
  'named fragment',
  '@skip',
  '@include',
  'condition by variable',
  'variable with a default',
  'variable left out',
  'field of a union',
  'field of an interface',
  'interface object',
  'list of lists',
  'field with @requires',
  'entities fetched',
  'entities fetched thrice or more',
  'null',
  'empty list',
  'error at a field',
  'null that propagates',
  'lost entity',
  'subgraph down',
  'lie',
] as const;
type Feature = (typeof features)[number];

/** What the operations that ran have met, so that one sees what a clean run says. */
export class Coverage {
  readonly #counts = new Map<string, number>();
  readonly #apolloFaults = new Map<string, number>();

  note(world: World, given: Case, verdict: Verdict): void {
    const met = new Set<Feature>([
      ...inDocument(given.document),
      ...inFields(world, verdict),
      ...inAnswer(given, verdict),
    ]);
    const declared = given.document.definitions.flatMap((one) =>
      one.kind === Kind.OPERATION_DEFINITION ? (one.variableDefinitions ?? []) : [],
    );
    if (declared.some(({ variable }) => !(variable.name.value in given.variables))) met.add('variable left out');
    for (const feature of met) this.#add(this.#counts, feature);
    this.#add(this.#counts, 'operations');
    this.#add(this.#counts, `operations of ${world.name}`);
    if (verdict.substituted) this.#add(this.#counts, 'operations that Hive’s planner left to Apollo’s');
    if (!verdict.apolloFault) return;
    this.#add(this.#counts, 'operations that stock Apollo answers wrongly');
    this.#add(this.#apolloFaults, verdict.apolloFault.replace(/(at|@|below|\$|Error:) .*/, '$1 …').slice(0, 90));
  }

  neverMet = (): string[] => features.filter((feature) => !this.#counts.has(feature));

  table(): string {
    const lines = (counts: ReadonlyMap<string, number>) =>
      [...counts]
        .sort(([, one], [, other]) => other - one)
        .map(([name, count]) => `${String(count).padStart(7)}  ${name}`);
    return [...lines(this.#counts), 'stock Apollo:', ...lines(this.#apolloFaults)].join('\n');
  }

  #add(counts: Map<string, number>, name: string): void {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
}

function inDocument(document: DocumentNode): Set<Feature> {
  const met = new Set<Feature>();
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operations.length > 1) met.add('several operations');
  const mutations = operations.filter(({ operation }) => operation === 'mutation');
  if (mutations.length > 0) met.add('mutation');
  if (mutations.some(({ selectionSet }) => selectionSet.selections.length > 1))
    met.add('several root fields of a mutation');
  visit(document, {
    Field({ alias, name }) {
      if (alias) met.add(name.value === '__typename' ? 'aliased __typename' : 'alias');
      if (name.value === '__schema' || name.value === '__type') met.add('introspection beside data');
    },
    InlineFragment: () => void met.add('inline fragment'),
    FragmentSpread: () => void met.add('named fragment'),
    VariableDefinition: ({ defaultValue }) => void (defaultValue && met.add('variable with a default')),
    Directive({ name, arguments: given }) {
      met.add(name.value === 'skip' ? '@skip' : '@include');
      if (given?.[0]?.value.kind === Kind.VARIABLE) met.add('condition by variable');
    },
  });
  return met;
}

function inFields({ api, facts }: World, { seen }: Verdict): Set<Feature> {
  const met = new Set<Feature>();
  for (const coordinate of seen) {
    const [typeName = '', field = ''] = coordinate.split('.');
    const type = api.getType(typeName);
    const found = type && 'getFields' in type ? type.getFields()[field] : undefined;
    if (!found) continue;
    const named = getNamedType(found.type);
    if (isUnionType(named)) met.add('field of a union');
    if (isInterfaceType(named)) met.add('field of an interface');
    if (/^\[\[|^\[\w*!?\[/.test(String(found.type))) met.add('list of lists');
    const { requires, owners } = facts.field(typeName, field);
    if (requires) met.add('field with @requires');
    const isForeign = owners.some((owner) => !facts.schemas.get(owner)?.getType(typeName));
    if (isForeign) met.add('interface object');
  }
  return met;
}

function inAnswer({ conduct }: Case, { truth, runs }: Verdict): Set<Feature> {
  const met = new Set<Feature>();
  const data = JSON.stringify(truth.data ?? null);
  if (data.includes('null')) met.add('null');
  if (data.includes('[]')) met.add('empty list');
  const landed = truth.errors.map((error) => landingOf(truth.data, error));
  if (landed.some(({ landing }) => landing === 'null')) met.add('error at a field');
  if (landed.some(({ landing }) => landing === 'above')) met.add('null that propagates');
  if (conduct.down.size > 0) met.add('subgraph down');
  if (conduct.lies && landed.length > 0) met.add('lie');
  if (!('thrown' in runs.ownHive)) {
    const fetches = runs.ownHive.sent.filter((one) => one.includes('_entities')).length;
    if (fetches > 0) met.add('entities fetched');
    if (fetches > 2) met.add('entities fetched thrice or more');
    if (runs.ownHive.errors.some(({ message }) => message.includes(' is lost in '))) met.add('lost entity');
  }
  return met;
}
