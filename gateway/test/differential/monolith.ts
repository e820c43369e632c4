import { type DocumentNode, type ExecutionResult, execute } from 'graphql';
import type { Conduct } from './conduct.ts';
import { Invention, type Thing } from './invention.ts';
import type { World } from './world.ts';

export interface MonolithAnswer {
  readonly result: ExecutionResult;
  /** What stands where: `Product:3` at `product` or `products/0`. */
  readonly things: ReadonlyMap<string, string>;
  readonly seen: ReadonlySet<string>;
  /** Root fields of a mutation, in their order. */
  readonly log: readonly string[];
}

interface Step {
  readonly prev: Step | undefined;
  readonly key: string | number;
}

export const placeOf = (path: readonly (string | number)[]): string => path.join('/');

function placesOf(path: Step | undefined): (string | number)[] {
  return path ? [...placesOf(path.prev), path.key] : [];
}

/** What the operation comes to where nothing is federated: graphql-js over the public schema and the same data. */
export async function askMonolith(
  world: World,
  conduct: Conduct,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
): Promise<MonolithAnswer> {
  const invention = new Invention(world.facts, conduct);
  const things = new Map<string, string>();
  const seen = new Set<string>();
  const log: string[] = [];
  const result = await execute({
    schema: world.api,
    document,
    operationName,
    variableValues: variables,
    fieldResolver: (source: Thing | undefined, args, _context, { fieldName, parentType, path, operation }) => {
      if (!source && operation.operation === 'mutation') log.push(fieldName);
      const thing = source ?? invention.root(parentType.name);
      things.set(placeOf(placesOf(path.prev)), thing.at);
      seen.add(`${thing.type}.${fieldName}`);
      return invention.valueOf(thing, fieldName, args);
    },
    typeResolver: ({ type }: Thing) => type,
  });
  return { result, things, seen, log };
}
