import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { projectRoot } from '@gastronom/shared/env';
import { remoteSubgraphUrl, type SubgraphName } from '@gastronom/shared/run-subgraph';
import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { parse } from 'graphql';

/** Why the subgraphs do not fit together. */
export class CompositionError extends Error {
  readonly code = 'COMPOSITION_FAILED';
}

export const supergraphPath: string = join(projectRoot, 'gateway', 'supergraph.graphql');
export const subgraphSchemaPath = (name: string): string => join(projectRoot, 'subgraphs', name, 'schema.graphql');

/** Files of the checked-in schemas and what they ought to contain: each subgraph's, and the supergraph composed of them. */
export async function printSchemas(definitions: readonly SubgraphDefinition[]): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const services = [];
  for (const definition of definitions) {
    const { sdl } = await definition.buildSchema();
    files.set(subgraphSchemaPath(definition.name), sdl);
    services.push({
      name: definition.name,
      url: remoteSubgraphUrl(definition.name as SubgraphName, {}),
      typeDefs: parse(sdl),
    });
  }
  const { errors, supergraphSdl } = composeServices(services);
  if (errors) throw new CompositionError(errors.map((error) => error.message).join('\n'));
  if (!supergraphSdl) throw new CompositionError('Composition gave neither a supergraph nor an error.');
  files.set(supergraphPath, `${supergraphSdl.trim()}\n`);
  return files;
}

export const readSupergraph = (): Promise<string> => readFile(supergraphPath, 'utf8');
