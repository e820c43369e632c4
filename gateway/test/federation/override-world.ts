import { byKey, type FederationWorld, federation } from './federation-case.ts';

const notes = [{ id: 'n1' }, { id: 'n2' }];
const percentages = 'It takes every share for none: labels are given from outside, and nobody gives them.';

/** Fields that have moved to another subgraph, or are on their way. */
export const overrideWorld: FederationWorld = {
  name: '@override',
  subgraphs: {
    old: {
      sdl: `${federation}
        type Query { notes: [Note!]! }
        type Note @key(fields: "id") { id: ID! moved: String! gone: String! staying: String! leaving: String! hoped: String! }
      `,
      resolvers: {
        Query: { notes: () => notes },
        Note: {
          __resolveReference: byKey(notes, 'id'),
          moved: () => 'old',
          gone: () => 'old',
          staying: () => 'old',
          leaving: () => 'old',
          hoped: () => 'old',
        },
      },
    },
    young: {
      sdl: `${federation}
        type Query { latest: Note! }
        type Note @key(fields: "id") {
          id: ID!
          moved: String! @override(from: "old")
          gone: String! @override(from: "old") @shareable
          staying: String! @override(from: "old", label: "percent(0)")
          leaving: String! @override(from: "old", label: "percent(100)")
          hoped: String! @override(from: "old", label: "beta")
          summary: String! @requires(fields: "told")
          told: String! @external
          odd: String! @override(from: "nobody")
        }
      `,
      resolvers: {
        Query: { latest: () => notes[1] },
        Note: {
          __resolveReference: (reference: object) => reference,
          moved: () => 'young',
          gone: () => 'young',
          staying: () => 'young',
          leaving: () => 'young',
          hoped: () => 'young',
          odd: () => 'young',
          summary: ({ told }: { told: string }) => `summary of ${told}`,
        },
      },
    },
    teller: {
      sdl: `${federation}
        type Note @key(fields: "id") { id: ID! moved: String! @external told: String! @requires(fields: "moved") }
      `,
      resolvers: {
        Note: {
          __resolveReference: (reference: object) => reference,
          told: ({ moved }: { moved: string }) => `told of ${moved}`,
        },
      },
    },
  },
  cases: [
    {
      name: 'a field that has moved is asked where it is now, from either side',
      query: '{ notes { id moved gone } latest { id moved } }',
      data: {
        notes: [
          { id: 'n1', moved: 'young', gone: 'young' },
          { id: 'n2', moved: 'young', gone: 'young' },
        ],
        latest: { id: 'n2', moved: 'young' },
      },
    },
    {
      name: 'what requires a field that has moved',
      query: '{ notes { told } latest { summary } }',
      data: {
        notes: [{ told: 'told of young' }, { told: 'told of young' }],
        latest: { summary: 'summary of told of young' },
      },
    },
    {
      name: 'a field taken over from a subgraph that there is not',
      query: '{ latest { odd } }',
      data: { latest: { odd: 'young' } },
    },
    {
      name: 'a share of none, and a label that is not set',
      query: '{ notes { staying hoped } latest { staying hoped } }',
      data: {
        notes: [
          { staying: 'old', hoped: 'old' },
          { staying: 'old', hoped: 'old' },
        ],
        latest: { staying: 'old', hoped: 'old' },
      },
    },
    {
      name: 'a share of all',
      query: '{ latest { leaving } notes { leaving } }',
      data: { latest: { leaving: 'young' }, notes: [{ leaving: 'young' }, { leaving: 'young' }] },
      apolloIsWrong: percentages,
      apolloPlansWrong: percentages,
    },
  ],
};
