import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, GraphQLObjectType, GraphQLSchema, parse, specifiedDirectives } from 'graphql';
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
  /** Queries that are subscriptions as well: the gateway answers them at once, and again when the answer is another. */
  readonly live?: readonly string[];
}

export interface SubgraphSchema {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  /** The classes of its fields, as docs/PERMISSIONS.md tells of them. */
  readonly permissions: Permissions;
}

const pick = <Value>(all: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));

const asSubscription =
  'As a subscription: the answer at once, and again whenever it is another. Ask over server-sent events (`Accept: text/event-stream`).';

/** With the type `Subscription`: each field is a query’s twin, by construction, so that the one can be answered by the other. */
function withLive(plain: GraphQLSchema, live: readonly string[]): GraphQLSchema {
  if (live.length === 0) return plain;
  const queries = plain.getQueryType()?.toConfig().fields ?? {};
  for (const name of live) if (!queries[name]) throw new Error(`live names ${name}, which is no query`);
  const fields = Object.entries(pick(queries, live)).map(([name, field]) => [
    name,
    { ...field, description: `${field.description ?? ''} ${asSubscription}`.trim() },
  ]);
  const subscription = new GraphQLObjectType({ name: 'Subscription', fields: Object.fromEntries(fields) });
  return new GraphQLSchema({ ...plain.toConfig(), subscription });
}

/** Who may ask for a thing may ask for it live, and nobody else. */
const withSubscriptions = (permissions: Permissions, live: readonly string[]): Permissions =>
  live.length === 0 ? permissions : { ...permissions, Subscription: pick(permissions.Query ?? {}, live) };

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

  const { live = [] } = options;
  const sdl = `${federation}\n${printSubgraphSchema(withLive(plain, live))}\n`;
  const typeDefs: DocumentNode = parse(sdl);
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const [type, resolve] of Object.entries(options.references ?? {})) {
    resolvers[type] = { ...resolvers[type], __resolveReference: resolve };
  }
  if (live.length > 0) resolvers.Subscription = pick(resolvers.Query ?? {}, live);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  const permissions = withSubscriptions(options.permissions, live);
  return { schema: guardSchema(schema, permissions), sdl: sdl.trimStart(), permissions };
}
