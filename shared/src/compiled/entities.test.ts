import { buildSubgraphSchema } from '@apollo/subgraph';
import { describe, expect, it } from '@jest/globals';
import { type ExecutionResult, execute, parse } from 'graphql';
import { createOperationRunner, type Way } from './operation-runner.ts';

const soon = async <Value>(value: Value) => value;
const refused = (message: string): Promise<never> => {
  const broken = Promise.reject(new Error(message));
  broken.catch(() => undefined);
  return broken;
};

/** What the reference to a dish leads to, by its id. */
const dishes: Record<string, () => unknown> = {
  plain: () => ({ id: 'plain', weight: 1 }),
  promised: () => soon({ id: 'promised', weight: 2, cook: { id: 'c', name: soon(null) } }),
  missing: () => null,
  gone: () => soon(undefined),
  refused: () => refused('the row is broken'),
  error: () => new Error('an error for a row'),
  text: () => 'a text for a row',
  thrown: () => {
    throw new Error('the resolver is broken');
  },
  other: () => ({ __typename: 'Cook', id: 'other', weight: 'heavy' }),
};

const schema = buildSubgraphSchema([
  {
    typeDefs: parse(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      interface Thing @key(fields: "id") { id: ID! weight: Int }
      type Dish implements Thing @key(fields: "id") { id: ID! weight: Int cook: Cook }
      type Cook @key(fields: "id") { id: ID! name: String! }
      type Menu { title: String }
      type Query { menu: Menu }
    `),
    resolvers: {
      Dish: { __resolveReference: ({ id }: { id: string }) => dishes[id]?.() },
      Thing: {
        __resolveType: () => 'Dish',
        __resolveReference: ({ id }: { id: string }) => soon({ id, weight: 5 }),
      },
    },
  },
]);

const query = `query ($references: [_Any!]!) {
  _entities(representations: $references) { __typename ... on Dish { id weight cook { name } } ... on Cook { id name } }
}`;

const named = (__typename: string, ...ids: string[]) => ids.map((id) => ({ __typename, id }));

const shown = ({ data, errors = [] }: ExecutionResult) => ({
  data: JSON.stringify(data),
  errors: errors.map(({ message, path }) => JSON.stringify([message, path])).sort(),
});

describe('entities of a compiled operation', () => {
  it.each<[string, unknown]>([
    ['of every kind', named('Dish', 'plain', 'promised', 'missing', 'gone', 'refused', 'error', 'text', 'other')],
    ['of a resolver that throws', named('Dish', 'plain', 'thrown', 'promised')],
    ['of several types', [...named('Dish', 'plain'), { __typename: 'Cook', id: 'c', name: 'Ann' }]],
    ['without their own resolver', [{ __typename: 'Cook', id: 'c' }]],
    ['of an interface', [...named('Thing', 'a'), ...named('Dish', 'plain')]],
    ['of a type that is none', named('Menu', 'm')],
    ['of an unknown type', named('Nothing', 'n')],
    ['of no type', [{ id: 'x' }]],
    ['that are not there', []],
    ['that are no references', [5]],
    ['that are null', [null]],
  ])('are those of @apollo/subgraph: references %s', async (_of, references) => {
    const ways: Way[] = [];
    const runner = createOperationRunner(schema, { hasReferences: true, onRun: (way) => ways.push(way) });
    runner.prepare(query);
    const expected = await execute({ schema, document: parse(query), variableValues: { references } });

    const result = await runner.run({ query, variables: { references } }, undefined);

    expect(shown(result)).toEqual(shown(expected));
    expect(ways).toEqual(['compiled']);
  });
});
