import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, type GraphQLSchema, parse, specifiedDirectives } from 'graphql';
import { buildSchema, createResolversMap, type NonEmptyArray } from 'type-graphql';
import { guardSchema, type Permissions } from './permissions.ts';
import { DateTime } from './scalars.ts';

const federation = `
extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@external", "@requires", "@provides", "@shareable", "@inaccessible", "@override", "@tag"]
)
`;

/** Turns a reference (`__typename` and key fields) that the gateway sends into a row, or into the reference itself. */
export type ResolveReference = (reference: Record<string, unknown>, context: never) => unknown;

export interface SubgraphSchemaOptions {
  readonly resolvers: NonEmptyArray<new () => object>;
  /** Entities and other types that no field of this subgraph returns. */
  readonly orphanedTypes?: (new () => object)[];
  readonly references?: Readonly<Record<string, ResolveReference>>;
  readonly permissions: Permissions;
}

export interface SubgraphSchema {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  /** The classes of its fields, as docs/PERMISSIONS.md tells of them. */
  readonly permissions: Permissions;
}

/** Builds a Federation 2 subgraph schema from type-graphql classes, and puts its guards on. */
export async function buildSubgraph(options: SubgraphSchemaOptions): Promise<SubgraphSchema> {
  const plain = await buildSchema({
    resolvers: options.resolvers,
    orphanedTypes: options.orphanedTypes ?? [],
    directives: [...specifiedDirectives],
    scalarsMap: [{ type: Date, scalar: DateTime }],
    validate: false,
    simpleResolvers: true,
    skipCheck: true,
  } as Parameters<typeof buildSchema>[0]);

  const sdl = `${federation}\n${printSubgraphSchema(plain)}\n`;
  const typeDefs: DocumentNode = parse(sdl);
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const [type, resolve] of Object.entries(options.references ?? {})) {
    resolvers[type] = { ...resolvers[type], __resolveReference: resolve };
  }
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  const { permissions } = options;
  return { schema: guardSchema(schema, permissions), sdl: sdl.trimStart(), permissions };
}
