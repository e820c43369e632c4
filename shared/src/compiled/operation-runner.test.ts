import { describe, expect, it, jest } from '@jest/globals';
import { buildSchema, type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql';
import { type SharedResult, sharedParts } from './execution.ts';
import { createOperationRunner, type OperationRunnerOptions, type Way } from './operation-runner.ts';

const schema = buildSchema(`
  enum Colour { RED BLUE }
  interface Node { id: ID! }
  type Dish implements Node {
    id: ID!
    name: String
    weight: Int!
    price: Float
    spicy: Boolean
    colour: Colour
    sides: [Dish!]
    perhaps: [Dish]
    must: [Dish!]!
    like: Dish
    sauce: Dish!
    tags: [String!]
    grid: [[Int]]
    said(words: [String], times: Int = 3): String
    method(a: Int): String
    getter: String
  }
  type Guest implements Node { id: ID! seat: Int }
  union Anything = Dish | Guest
  type Query { dish: Dish node: Node any: [Anything] dishes: [Dish!]! title: String! sure: Dish! }
  type Mutation { add(by: Int!): Int fail: Int count: Int! }
`);

class Row {
  [name: string]: unknown;

  constructor(values: Record<string, unknown>) {
    Object.assign(this, values);
  }

  get getter(): string {
    if (this.name === 'broken') throw new Error('a getter failed');
    return `${this.name}!`;
  }

  said(args: unknown) {
    return JSON.stringify(args);
  }

  method(args: unknown, _context: unknown, info: { path: { key: string; prev?: { key: string } }; fieldName: string }) {
    return JSON.stringify([this.id, args, info.fieldName, info.path.key, info.path.prev?.key]);
  }
}

const dish = (id: number, more: Record<string, unknown> = {}) =>
  new Row({
    __typename: 'Dish',
    id,
    name: `dish ${id}`,
    weight: id,
    price: id / 2,
    spicy: true,
    colour: 'RED',
    tags: ['hot'],
    ...more,
  });

const soon = async <Value>(value: Value) => value;
const refused = (message: string): Promise<never> => {
  const broken = Promise.reject(new Error(message));
  // An operation may not ask for it.
  broken.catch(() => undefined);
  return broken;
};

/** What the resolvers find: as it should be, promised, and wrong in all the ways there are. */
const worlds: Record<string, () => Record<string, unknown> | undefined> = {
  'where all is well': () => ({
    dish: dish(1, {
      sides: [dish(2), dish(3)],
      must: new Set([dish(4)]),
      like: dish(5),
      sauce: dish(6),
      perhaps: [null, dish(7)],
      grid: [[1, 2], null, [3, null]],
    }),
    node: dish(8),
    any: [dish(9), { __typename: 'Guest', id: 'g', seat: 1 }, null],
    dishes: [dish(10), dish(11, { spicy: null, price: 1e300, colour: 'BLUE', weight: -0 })],
    title: 'menu',
    sure: dish(12),
  }),
  'where all is promised': () => ({
    dish: soon(
      dish(1, {
        name: soon('x'),
        sides: soon([soon(dish(2)), dish(3, { weight: soon(3) })]),
        must: [soon(dish(4, { name: () => soon('called') }))],
        like: soon(dish(5)),
        sauce: soon(dish(6)),
        perhaps: [soon(null), soon(dish(7))],
        grid: soon([soon([1, soon(2)]), null]),
      }),
    ),
    node: soon(dish(8)),
    any: soon([soon(dish(9)), { __typename: 'Guest', id: soon('g'), seat: 1 }]),
    dishes: soon([dish(10), soon(dish(11))]),
    title: soon('menu'),
    sure: soon(dish(12)),
  }),
  'where values are wrong': () => ({
    dish: dish(1, {
      name: 'broken',
      tags: ['hot', null],
      sides: [dish(2, { weight: null }), dish(3)],
      must: [dish(4, { weight: 1.5 })],
      like: dish(5, { colour: 'GREEN', price: 'dear', spicy: 3, sauce: dish(6), tags: 7 }),
      sauce: null,
      perhaps: [dish(7, { weight: 'x' }), new Error('an item'), 5, 'text'],
      grid: [[1, 'x'], 7, [2 ** 40]],
    }),
    node: { __typename: 'Nobody' },
    any: [5, { __typename: 'Query' }, { __typename: 'Node' }, { id: 1 }, 'x'],
    dishes: 7,
    title: null,
    sure: dish(12, { id: {} }),
  }),
  'where promises are broken': () => ({
    dish: dish(1, {
      name: refused('no name'),
      like: refused('nothing like it'),
      sauce: soon(dish(6, { name: refused('deep'), weight: soon(1) })),
      perhaps: [refused('first'), soon(dish(7, { weight: soon(null) })), soon(dish(8))],
      must: soon([soon(dish(9, { id: refused('no id') }))]),
      grid: [refused('row'), [refused('cell'), 1]],
    }),
    node: soon({ __typename: 'Nobody' }),
    any: refused('any'),
    dishes: [soon(dish(10, { name: refused('a name') })), dish(11)],
    title: refused('no title'),
    sure: soon(null),
  }),
  'where there is nothing': () => undefined,
};

const queries = [
  '{ dish { id name weight price spicy colour tags getter __typename } }',
  '{ dish { sides { id name weight } perhaps { id weight } like { price spicy colour tags sauce { id } } } }',
  '{ dish { id must { id weight } } title }',
  '{ dish { like { id } sauce { id name weight } } }',
  '{ dish { grid said other: said(words: ["a"], times: 1) method(a: 2) } }',
  '{ a: dish { id } b: dish { must { id } } c: dish { sauce { name } } }',
  '{ node { id ... on Dish { name } __typename } }',
  '{ any { ... on Dish { id name } ... on Guest { id seat } __typename } }',
  '{ any { ... on Node { id } } }',
  'fragment More on Dish { price dishes: name } { dishes { name ...More ... on Node { id } name } }',
  '{ dishes { id } title }',
  '{ title }',
  '{ sure { id getter } }',
  '{ __typename __schema { queryType { name } } __type(name: "Dish") { fields { name type { kind name } } } }',
  `query ($no: Boolean!, $yes: Boolean = true) {
    dish { id @skip(if: $no) name @include(if: $yes) like @skip(if: $no) { id } weight }
    title @include(if: $yes)
  }`,
  'query ($times: Int, $words: [String]) { dish { said(words: $words, times: $times) sides { said(times: $times) } } }',
  'query ($times: Int!) { dish { said(times: $times) } }',
];

const variables = [
  {},
  { no: true, yes: false, times: 1, words: ['a'] },
  { no: false, yes: null, times: null, words: null },
  { no: 'x', times: 'many', words: 'one' },
];

const shown = ({ data, errors = [] }: ExecutionResult) => ({
  data: data === undefined ? undefined : JSON.stringify(data),
  errors: errors
    .map(({ message, path, extensions, originalError, nodes }) =>
      JSON.stringify([message, path, extensions, originalError?.message, nodes?.length]),
    )
    .sort(),
});

/** A runner that counts which way its operations went. */
function counting(of: GraphQLSchema, options: OperationRunnerOptions = {}) {
  const ways: Way[] = [];
  const onFailure = jest.fn<(error: unknown) => void>();
  const runner = createOperationRunner(of, { onFailure, ...options, onRun: (way) => ways.push(way) });
  return { runner, ways, onFailure };
}

describe('a compiled operation', () => {
  it.each(Object.keys(worlds))('has the result and the errors of graphql-js %s', async (name) => {
    for (const query of queries) {
      for (const variableValues of variables) {
        const world = worlds[name] as () => Record<string, unknown> | undefined;
        const expected = await execute({
          schema,
          document: parse(query, { noLocation: true }),
          rootValue: world(),
          variableValues,
        });
        const { runner, onFailure } = counting(schema, { rootValue: world() });
        runner.prepare(query);

        const result = await runner.run({ query, variables: variableValues }, undefined);

        expect({ query, ...shown(result) }).toEqual({ query, ...shown(expected) });
        expect(onFailure).not.toHaveBeenCalled();
      }
    }
  });

  it('runs the fields of a mutation one after the other, and none after one that nulls the whole', async () => {
    const acts: string[] = [];
    const rootValue = {
      add: async ({ by }: { by: number }) => {
        acts.push(`begin ${by}`);
        await new Promise((resolve) => setImmediate(resolve));
        acts.push(`end ${by}`);
        return by;
      },
      fail: () => refused('it failed'),
      count: () => soon(null),
    };
    const { runner, ways } = counting(schema, { rootValue });
    const query = 'mutation { a: add(by: 1) fail b: add(by: 2) count c: add(by: 3) }';
    runner.prepare(query);

    const result = await runner.run({ query }, undefined);

    expect(acts).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
    expect(result.data).toBeNull();
    expect(result.errors?.map(({ path }) => path)).toEqual([['fail'], ['count']]);
    expect(ways).toEqual(['compiled']);
  });

  it('gives each call arguments of its own', async () => {
    const seen: unknown[] = [];
    const said = (args: { times: number }) => {
      seen.push({ ...args });
      args.times++;
      return '';
    };
    const { runner } = counting(schema, { rootValue: { dishes: [dish(1, { said }), dish(2, { said })] } });
    runner.prepare('{ dishes { said(times: 1) } }');

    await runner.run({ query: '{ dishes { said(times: 1) } }' }, undefined);

    expect(seen).toEqual([{ times: 1 }, { times: 1 }]);
  });
});

describe('objects that are read of one source', () => {
  const sharedOf = (result: ExecutionResult): unknown[] => [...((result as SharedResult)[sharedParts] ?? [])];
  const run = async (query: string, rootValue: unknown) => {
    const runner = createOperationRunner(schema, { rootValue });
    runner.prepare(query);
    return runner.run({ query }, {});
  };

  it('are made once, and named as standing in several places', async () => {
    const salt = dish(2, { sauce: dish(3) });
    const result = await run('{ dishes { id like { name sauce { id } } } }', {
      dishes: [dish(1, { like: salt }), dish(4, { like: salt }), dish(5, { like: salt })],
    });

    const dishes = result.data?.dishes as { like: object }[];
    expect(dishes[0]?.like).toEqual({ name: 'dish 2', sauce: { id: '3' } });
    expect(dishes[1]?.like).toBe(dishes[0]?.like);
    expect(dishes[2]?.like).toBe(dishes[0]?.like);
    expect(sharedOf(result)).toEqual([dishes[0]?.like]);
  });

  it('are made again where a method or an error is in them', async () => {
    const calls: number[] = [];
    const sauce = dish(3, {
      method: () => {
        calls.push(calls.length);
        return `call ${calls.length}`;
      },
    });
    const salt = dish(2, { sauce });
    const dishes = [dish(1, { like: salt, sides: [salt] }), dish(4, { like: salt, sides: [salt] })];

    const called = await run('{ dishes { like { sauce { method } } } }', { dishes });
    expect(called.data?.dishes).toEqual([
      { like: { sauce: { method: 'call 1' } } },
      { like: { sauce: { method: 'call 2' } } },
    ]);
    expect(sharedOf(called)).toEqual([]);

    const bad = dish(6, { sauce: dish(7, { colour: 'GREEN' }) });
    const failed = await run('{ dishes { like { sauce { colour } } } }', {
      dishes: [dish(1, { like: bad }), dish(2, { like: bad })],
    });
    expect(failed.errors?.map(({ path }) => path)).toEqual([
      ['dishes', 0, 'like', 'sauce', 'colour'],
      ['dishes', 1, 'like', 'sauce', 'colour'],
    ]);
    expect(sharedOf(failed)).toEqual([]);
  });

  it('are made for each place of the operation', async () => {
    const salt = dish(2, { sauce: dish(3) });
    const result = await run('{ dish { like { sauce { id } } again: like { sauce { id } } } }', {
      dish: dish(1, { like: salt }),
    });

    const [{ like, again }] = [result.data?.dish ?? {}] as [{ like?: object; again?: object }];
    expect(again).toEqual(like);
    expect(again).not.toBe(like);
  });
});

describe('an operation runner', () => {
  it('interprets what comes once, and compiles what comes again or was prepared', async () => {
    const { runner, ways } = counting(schema, { rootValue: { title: 'menu' } });
    const again = '{ title }';

    await runner.run({ query: again }, undefined);
    await runner.run({ query: again }, undefined);
    await runner.run({ query: '{ again: title }' }, undefined);
    runner.prepare('{ prepared: title }');
    await runner.run({ query: '{ prepared: title }' }, undefined);

    expect(ways).toEqual(['interpreted', 'compiled', 'interpreted', 'compiled']);
  });

  it('leaves to graphql-js what cannot be compiled', async () => {
    const { runner, ways, onFailure } = counting(schema, { rootValue: { title: 'menu' } });
    const many = 'query A { title } query B { b: title }';
    const key = '{ __proto__: title }';
    for (const query of [many, key]) runner.prepare(query);

    const second = await runner.run({ query: many, operationName: 'B' }, undefined);
    const unknown = await runner.run({ query: many, operationName: 'C' }, undefined);
    const odd = await runner.run({ query: key }, undefined);

    expect(second).toEqual({ data: { b: 'menu' } });
    expect(unknown.errors?.[0]?.message).toBe('Unknown operation named "C".');
    expect(JSON.stringify(odd.data)).toBe('{"__proto__":"menu"}');
    expect(ways).toEqual(['interpreted', 'interpreted', 'interpreted']);
    expect(onFailure).not.toHaveBeenCalled();
  });

  it('says what is wrong with a text, and remembers nothing of it', async () => {
    const { runner } = counting(schema);

    const broken = await runner.run({ query: '{ title' }, undefined);
    const foreign = await runner.run({ query: '{ weather }' }, undefined);

    expect(broken.errors?.[0]?.message).toContain('Syntax Error');
    expect(foreign.errors?.[0]?.message).toBe('Cannot query field "weather" on type "Query".');
    expect(runner.sizes).toEqual({ documents: 0, compiled: 0 });
  });

  it('remembers no more than it may, however many operations come', async () => {
    const { runner, ways } = counting(schema, {
      rootValue: { title: 'menu' },
      documents: { count: 10, characters: 1_000 },
      compiled: { count: 5, characters: 40 },
    });

    for (let number = 0; number < 50; number++) {
      const query = `{ title${number}: title }`;
      await runner.run({ query }, undefined);
      await runner.run({ query }, undefined);
    }

    expect(runner.sizes).toEqual({ documents: 10, compiled: 2 });
    expect(ways.filter((way) => way === 'compiled')).toHaveLength(50);
  });

  it('compiles the combinations of what is skipped as they come, up to a number', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const query = `query (${names.map((name) => `$${name}: Boolean!`)}) {
      ${names.map((name) => `${name}: title @skip(if: $${name})`).join(' ')}
    }`;
    const { runner, ways } = counting(schema, { rootValue: { title: 'menu' } });
    runner.prepare(query);

    for (let number = 0; number < 16; number++) {
      const skips = Object.fromEntries(names.map((name, bit) => [name, (number & (1 << bit)) !== 0]));
      const { data } = await runner.run({ query, variables: skips }, undefined);
      expect(Object.keys(data ?? {})).toEqual(names.filter((name) => !skips[name]));
    }

    expect(ways.filter((way) => way === 'compiled')).toHaveLength(8);
  });
});
