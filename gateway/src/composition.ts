import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { projectRoot } from '@gastronom/shared/env';
import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { remoteSubgraphUrl, type SubgraphName } from '@gastronom/shared/subgraph-addresses';
import { parse } from 'graphql';
import { errorsPage } from './reference/errors-page.ts';
import { eventSchemas } from './reference/event-schemas.ts';
import { type NamedSchema, permissionsPage } from './reference/permissions-page.ts';

/** Why the subgraphs do not fit together. */
export class CompositionError extends Error {
  readonly code = 'COMPOSITION_FAILED';
}

export const supergraphPath: string = join(projectRoot, 'gateway', 'supergraph.graphql');
export const permissionsPath: string = join(projectRoot, 'docs', 'PERMISSIONS.md');
export const errorsPath: string = join(projectRoot, 'docs', 'ERRORS.md');
export const subgraphSchemaPath = (name: string): string => join(projectRoot, 'subgraphs', name, 'schema.graphql');

/** The checked-in files that are made of the code, and what they ought to contain: schemas, and what docs tell of them. */
export async function printSchemas(definitions: readonly SubgraphDefinition[]): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const services = [];
  const schemas: NamedSchema[] = [];
  for (const definition of definitions) {
    const built = await definition.buildSchema();
    const { sdl } = built;
    schemas.push({ name: definition.name, ...built });
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
  files.set(permissionsPath, permissionsPage(schemas));
  files.set(errorsPath, errorsPage(schemas));
  for (const [path, text] of await eventSchemas(definitions)) files.set(path, text);
  return files;
}

export const readSupergraph = (): Promise<string> => readFile(supergraphPath, 'utf8');
