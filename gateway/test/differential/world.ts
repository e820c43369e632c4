import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { ApolloGateway } from '@apollo/gateway';
import { projectRoot } from '@gastronom/shared/env';
import { buildSchema, type DocumentNode, type GraphQLSchema, parse, printSchema } from 'graphql';
import { withoutTelemetry } from '../../src/env.ts';
import { Facts } from './facts.ts';
import type { Size } from './random-document.ts';

/** A supergraph, the subgraphs that it is made of, and what follows from their schemas. */
export interface World {
  readonly name: WorldName;
  readonly supergraphSdl: string;
  /** What clients see. */
  readonly api: GraphQLSchema;
  readonly subgraphs: ReadonlyMap<string, DocumentNode>;
  readonly facts: Facts;
  readonly size: Size;
}

/**
 * Interface objects have Apollo's planner weigh thousands of plans: operations over them are small. What depends on the
 * kind of one is left out: Apollo's planner breaks off, and Hive's does not ask for the kind.
 */
const sizes: Readonly<Record<WorldName, Size>> = {
  market: { depth: 5, fields: 30 },
  media: { depth: 3, fields: 9, unparted: ['Media'] },
  product: { depth: 5, fields: 30 },
};

export const worldNames = ['market', 'media', 'product'] as const;
export type WorldName = (typeof worldNames)[number];

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external",
  "@requires", "@provides", "@shareable", "@inaccessible", "@override", "@interfaceObject"])`;

async function apiSchemaOf(supergraphSdl: string): Promise<GraphQLSchema> {
  withoutTelemetry();
  const gateway = new ApolloGateway({ supergraphSdl });
  let seen: GraphQLSchema | undefined;
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    seen = apiSchema;
  });
  await gateway.load();
  await gateway.stop();
  if (!seen) throw new Error('the gateway loaded no schema');
  return buildSchema(printSchema(seen));
}

/** The schemas in a folder beside this file. */
async function inventedSchemas(name: WorldName): Promise<[string, string][]> {
  const folder = join(projectRoot, 'gateway', 'test', 'differential', 'worlds', name);
  const files = (await readdir(folder)).sort();
  return Promise.all(
    files.map(async (file): Promise<[string, string]> => {
      const sdl = await readFile(join(folder, file), 'utf8');
      return [basename(file, '.graphql'), `${federation}\n${sdl}`];
    }),
  );
}

async function ownSchemas(): Promise<[string, string][]> {
  const names = await readdir(join(projectRoot, 'subgraphs'));
  return Promise.all(
    names
      .sort()
      .map(
        async (name): Promise<[string, string]> => [
          name,
          await readFile(join(projectRoot, 'subgraphs', name, 'schema.graphql'), 'utf8'),
        ],
      ),
  );
}

function compose(subgraphs: ReadonlyMap<string, DocumentNode>): string {
  const services = [...subgraphs].map(([name, typeDefs]) => ({ name, typeDefs, url: `http://${name}.invalid` }));
  const { errors, supergraphSdl } = composeServices(services);
  if (!supergraphSdl) throw new Error((errors ?? []).map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** Two supergraphs that hold all that Federation has, and the product’s own. */
export async function readWorld(name: WorldName): Promise<World> {
  const schemas = name === 'product' ? await ownSchemas() : await inventedSchemas(name);
  const subgraphs = new Map(schemas.map(([subgraph, sdl]) => [subgraph, parse(sdl, { noLocation: true })]));
  const supergraphSdl =
    name === 'product'
      ? await readFile(join(projectRoot, 'gateway', 'supergraph.graphql'), 'utf8')
      : compose(subgraphs);
  return {
    name,
    supergraphSdl,
    api: await apiSchemaOf(supergraphSdl),
    subgraphs,
    facts: new Facts(subgraphs),
    size: sizes[name],
  };
}
