import { type FederationWorld, federation } from './federation-case.ts';

const journal: string[] = [];
const write = (line: string) => journal.push(line) && journal.length;

/** Mutations of two subgraphs: in the order written, one after the other, each answer completed before the client’s next. */
export const mutationWorld: FederationWorld = {
  name: 'mutations',
  subgraphs: {
    left: {
      sdl: `${federation}
        type Query { journal: [String!]! }
        type Mutation { clear: Boolean! left(text: String!): Line! leftFails: Int }
        type Line @key(fields: "id") { id: ID! text: String! }
      `,
      resolvers: {
        Query: { journal: () => journal },
        Mutation: {
          clear: () => journal.splice(0).length >= 0,
          left: (_: unknown, { text }: { text: string }) => ({ id: `${write(`left ${text}`)}`, text }),
          leftFails: () => {
            write('left fails');
            throw new Error('left cannot');
          },
        },
        Line: { __resolveReference: ({ id }: { id: string }) => ({ id, text: journal[Number(id) - 1] }) },
      },
    },
    right: {
      sdl: `${federation}
        type Mutation { right(text: String!): Line! }
        type Line @key(fields: "id") { id: ID! seen: Int! }
      `,
      resolvers: {
        Mutation: { right: (_: unknown, { text }: { text: string }) => ({ id: `${write(`right ${text}`)}` }) },
        Line: { __resolveReference: ({ id }: { id: string }) => ({ id }), seen: () => journal.length },
      },
    },
  },
  cases: [
    {
      name: 'one after the other across subgraphs, each line completed as it stands then',
      query: `mutation { clear a: left(text: "1") { id seen } b: right(text: "2") { id text }
        c: left(text: "3") { id text seen } d: right(text: "4") { seen } }`,
      data: {
        clear: true,
        a: { id: '1', seen: 1 },
        b: { id: '2', text: 'right 2' },
        c: { id: '3', text: '3', seen: 3 },
        d: { seen: 4 },
      },
    },
    { name: 'in that order', query: '{ journal }', data: { journal: ['left 1', 'right 2', 'left 3', 'right 4'] } },
    {
      name: 'on after one that fails, with variables',
      query:
        'mutation ($a: String!, $b: String! = "9") { clear leftFails x: right(text: $a) { text } y: left(text: $b) { text } }',
      variables: { a: '8' },
      data: { clear: true, leftFails: null, x: { text: 'right 8' }, y: { text: '9' } },
      errors: [{ message: 'left cannot', path: ['leftFails'] }],
    },
    {
      name: 'in that order too, with the name of its type',
      query: '{ __typename journal }',
      data: { __typename: 'Query', journal: ['left fails', 'right 8', 'left 9'] },
    },
  ],
};
