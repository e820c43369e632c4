import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { type Conduct, numberOf } from './conduct.ts';
import { Invention, MisuseError, type Thing } from './invention.ts';
import { subgraphSchema } from './subgraph-schema.ts';
import type { World } from './world.ts';

/** What a gateway sends to a subgraph. */
export interface Asked {
  readonly subgraph: string;
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

type Representation = Readonly<Record<string, unknown>>;

/** The subgraphs of a world, in memory. They answer what their schemas allow, each the same of the same thing. */
export class InMemorySubgraphs {
  readonly #world: World;
  readonly #honest: ReadonlyMap<string, GraphQLSchema>;
  readonly #lying: ReadonlyMap<string, GraphQLSchema>;
  readonly #documents = new Map<string, DocumentNode>();

  constructor(world: World) {
    this.#world = world;
    this.#honest = world.facts.schemas;
    this.#lying = new Map([...world.subgraphs].map(([name, sdl]) => [name, subgraphSchema(sdl, { lies: true })]));
  }

  /** Answers as the conduct has it; tells `log` of each field of a mutation, in the order in which they run. */
  async ask(conduct: Conduct, asked: Asked, log: string[]): Promise<ExecutionResult> {
    const schema = (conduct.lies ? this.#lying : this.#honest).get(asked.subgraph);
    if (!schema) throw new MisuseError(`there is no subgraph ${asked.subgraph}`);
    const document = this.#documentOf(schema, asked);
    const downfall = conduct.down.get(asked.subgraph);
    if (downfall) {
      const message = `${asked.subgraph} is down`;
      if (downfall === 'unreachable')
        throw new GraphQLError(message, { extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: asked.subgraph } });
      const errors = [{ message, extensions: { code: 'ALL_DOWN' } } as unknown as GraphQLError];
      return downfall === 'errors alone' ? { errors } : { data: null, errors };
    }
    const result = await execute({
      schema,
      document,
      rootValue: undefined,
      variableValues: asked.variables,
      operationName: asked.operationName,
      fieldResolver: this.#resolver(conduct, asked.subgraph, log),
      typeResolver: typeIn(schema, this.#world),
    });
    const misuse = result.errors?.find(({ originalError }) => originalError instanceof MisuseError);
    if (misuse?.originalError) throw misuse.originalError;
    return conduct.remote ? JSON.parse(JSON.stringify(result)) : result;
  }

  #documentOf(schema: GraphQLSchema, { subgraph, query }: Asked): DocumentNode {
    const key = `${subgraph}\n${query}`;
    const known = this.#documents.get(key);
    if (known) return known;
    const document = parse(query, { noLocation: true });
    const [error] = validate(schema, document);
    if (error) throw new MisuseError(`${subgraph} cannot be asked this: ${error.message}`);
    if (this.#documents.size > 5_000) this.#documents.clear();
    this.#documents.set(key, document);
    return document;
  }

  #resolver(conduct: Conduct, subgraph: string, log: string[]): GraphQLFieldResolver<Thing | undefined, unknown> {
    const invention = new Invention(this.#world.facts, conduct);
    const { facts } = this.#world;
    return (source, args, _context, { fieldName, parentType, operation }) => {
      if (fieldName === '_entities')
        return (args.representations as Representation[]).map((one) => entity(invention, subgraph, one));
      const thing = source ?? invention.root(parentType.name);
      if (!source && operation.operation === 'mutation') log.push(fieldName);
      const coordinate = [parentType.name, fieldName] as const;
      if (facts.isStale(subgraph, ...coordinate)) throw new MisuseError(`${coordinate.join('.')} is not ${subgraph}'s`);
      const { owners, requires } = facts.field(thing.type, fieldName);
      // What it provides for another it has promised to have, whatever it lacks of its own.
      if (!owners.includes(subgraph)) return invention.valueOf(thing, fieldName, args);
      if (invention.isLost(subgraph, thing.at) && !facts.keys.has(`${thing.type}.${fieldName}`)) return null;
      if (!requires) return invention.valueOf(thing, fieldName, args);
      const need = invention.need(thing.given ?? {}, requires);
      if (need === undefined) throw new MisuseError(`${coordinate.join('.')} was asked without what it needs`);
      return invention.told(thing, fieldName, args, need);
    };
  }
}

/** The entity, null where it is lost, or why it is. */
function entity(invention: Invention, subgraph: string, representation: Representation): Thing | null | Error {
  const thing = invention.named(representation);
  if (!invention.isLost(subgraph, thing.at)) return thing;
  if (numberOf(subgraph, thing.at) % 2 === 0) return null;
  return new GraphQLError(`${thing.at} is lost in ${subgraph}`, { extensions: { code: 'LOST' } });
}

/** A thing's type as the schema has it: an interface object stands for the types that it does not know. */
const typeIn =
  (schema: GraphQLSchema, { facts }: World): GraphQLTypeResolver<Thing, unknown> =>
  ({ type }) => {
    const pool = facts.pools.get(type)?.name ?? type;
    return isObjectType(schema.getType(pool)) ? pool : type;
  };
