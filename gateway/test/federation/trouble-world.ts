import { type FederationWorld, federation } from './federation-case.ts';

const fail = (message: string) => (): never => {
  throw new Error(message);
};

/** Nulls, entities that are not there, and subgraphs that fail: what comes out, and where it is said to have gone wrong. */
export const troubleWorld: FederationWorld = {
  name: 'nulls and errors',
  subgraphs: {
    market: {
      sdl: `${federation}
        type Query { stalls: [Stall] stall: Stall must: Stall! all: [Stall!]! deep: Street broken: Int shaky: [Int!] }
        type Street { stalls: [[Stall]!]! }
        type Stall @key(fields: "id") { id: ID! }
      `,
      resolvers: {
        Query: {
          stalls: () => [{ id: '1' }, null, { id: '2' }, { id: '1' }, { id: 'gone' }],
          stall: () => ({ id: 'gone' }),
          must: () => ({ id: 'gone' }),
          all: () => [{ id: '1' }, { id: 'bad' }],
          deep: () => ({ stalls: [[{ id: '1' }], [], [null, { id: 'bad' }]] }),
          broken: fail('the market is broken'),
          shaky: () => [1, null, 3],
        },
        Stall: { __resolveReference: (reference: object) => reference },
      },
    },
    keepers: {
      sdl: `${federation}
        type Stall @key(fields: "id") { id: ID! keeper: Keeper! name: String mood: String }
        type Keeper { name: String! }
      `,
      resolvers: {
        Stall: {
          __resolveReference: async ({ id }: { id: string }) => {
            if (id === 'bad') throw new Error('bad stall');
            return id === 'gone' ? null : { id };
          },
          keeper: ({ id }: { id: string }) => ({ name: `keeper ${id}` }),
          name: ({ id }: { id: string }) => `stall ${id}`,
          mood: ({ id }: { id: string }) => (id === '1' ? fail('stall 1 is moody')() : 'fair'),
        },
      },
    },
  },
  cases: [
    {
      name: 'an entity that the other subgraph does not know has none of its fields',
      query: '{ stalls { id name } stall { id name } }',
      data: {
        stalls: [
          { id: '1', name: 'stall 1' },
          null,
          { id: '2', name: 'stall 2' },
          { id: '1', name: 'stall 1' },
          { id: 'gone', name: null },
        ],
        stall: { id: 'gone', name: null },
      },
    },
    {
      name: 'and is null where it must have them',
      query: '{ stalls { id keeper { name } } stall { keeper { name } } }',
      data: {
        stalls: [
          { id: '1', keeper: { name: 'keeper 1' } },
          null,
          { id: '2', keeper: { name: 'keeper 2' } },
          { id: '1', keeper: { name: 'keeper 1' } },
          null,
        ],
        stall: null,
      },
      errors: [
        { message: 'Cannot return null for non-nullable field Stall.keeper.', path: ['stalls', 4, 'keeper'] },
        { message: 'Cannot return null for non-nullable field Stall.keeper.', path: ['stall', 'keeper'] },
      ],
    },
    {
      name: 'with all above it that cannot be null',
      query: '{ must { keeper { name } } stall { id } }',
      data: null,
      errors: [{ message: 'Cannot return null for non-nullable field Stall.keeper.', path: ['must', 'keeper'] }],
    },
    {
      name: 'an entity’s error at each of its places, under the client’s names',
      query: '{ list: stalls { feeling: mood } }',
      data: { list: [{ feeling: null }, null, { feeling: 'fair' }, { feeling: null }, { feeling: null }] },
      errors: [
        { message: 'stall 1 is moody', path: ['list', 0, 'feeling'] },
        { message: 'stall 1 is moody', path: ['list', 3, 'feeling'] },
      ],
    },
    {
      name: 'in lists of lists',
      query: '{ deep { stalls { name } } }',
      data: { deep: { stalls: [[{ name: 'stall 1' }], [], [null, { name: null }]] } },
      errors: [{ message: 'bad stall', path: ['deep', 'stalls', 2, 1] }],
    },
    {
      name: 'a reference that fails explains what is missing, once',
      query: '{ all { keeper { name } } }',
      data: null,
      errors: [{ message: 'bad stall', path: ['all', 1] }],
    },
    {
      name: 'one root field’s error leaves the others alone',
      query: '{ broken stall { id } shaky }',
      data: { broken: null, stall: { id: 'gone' }, shaky: null },
      errors: [
        { message: 'the market is broken', path: ['broken'] },
        { message: 'Cannot return null for non-nullable field Query.shaky.', path: ['shaky', 1] },
      ],
    },
    {
      name: 'two aliases of one root field, each with its own errors',
      query: '{ a: all { id mood } b: all { id } }',
      data: {
        a: [
          { id: '1', mood: null },
          { id: 'bad', mood: null },
        ],
        b: [{ id: '1' }, { id: 'bad' }],
      },
      errors: [
        { message: 'stall 1 is moody', path: ['a', 0, 'mood'] },
        { message: 'bad stall', path: ['a', 1] },
      ],
    },
  ],
};
