import { SettingError } from '@gastronom/shared/env';
import { type ConstDirectiveNode, type DocumentNode, type EnumValueDefinitionNode, Kind, parse } from 'graphql';

/** A subgraph as a supergraph names it. */
export interface RoutedSubgraph {
  readonly name: string;
  readonly url: string;
}

const argumentOf = (directive: ConstDirectiveNode | undefined, name: string): string | undefined => {
  const value = directive?.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
};

function parsed(text: string, file: string): DocumentNode {
  try {
    return parse(text, { noLocation: true });
  } catch (error) {
    throw new SettingError(`${file} is no GraphQL schema: ${(error as Error).message}`);
  }
}

const schemaDirectives = (document: DocumentNode): readonly ConstDirectiveNode[] =>
  document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? [])
      : [],
  );

/** What Federation 1 wrote in the place of `@link`. */
const isFederation1 = (document: DocumentNode): boolean =>
  schemaDirectives(document).some(({ name }) => name.value === 'core');

function graphsOf(document: DocumentNode): readonly EnumValueDefinitionNode[] {
  const graphs = document.definitions.find(
    (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  return graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : [];
}

const isRoutable = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

function routed(value: EnumValueDefinitionNode, file: string): RoutedSubgraph {
  const directive = value.directives?.find(({ name }) => name.value === 'join__graph');
  const name = argumentOf(directive, 'name') ?? value.name.value;
  const url = argumentOf(directive, 'url') ?? '';
  if (isRoutable(url)) return { name, url };
  const given = url === '' ? 'no routing URL' : `the routing URL ${url}, which is no http or https address`;
  throw new SettingError(`${file}: the subgraph ${name} has ${given}. Compose the supergraph with its address.`);
}

/** The subgraphs of a Federation 2 supergraph, each with its routing URL; else a line that says what the file is instead. */
export function routedSubgraphs(text: string, file: string): RoutedSubgraph[] {
  const document = parsed(text, file);
  if (isFederation1(document))
    throw new SettingError(`${file} is a supergraph of Federation 1: compose it with Federation 2.`);
  const graphs = graphsOf(document);
  if (graphs.length === 0)
    throw new SettingError(
      `${file} is no supergraph: it names no subgraphs (enum join__Graph). Compose the subgraphs' schemas first.`,
    );
  return graphs.map((value) => routed(value, file));
}
