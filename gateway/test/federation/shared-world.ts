import { type FederationWorld, federation } from './federation-case.ts';

const letter = (id: string) => ({ id, post: `p${id}`, box: { row: `r${id}`, shelf: `s${id}`, hall: `h${id}` } });
const letters = [letter('1'), letter('2')];
const found = ({ id }: { id?: string }) => letters.find((each) => each.id === id) ?? null;

/** Types that several subgraphs know in part: shared values and roots, and keys that one offers and another takes. */
export const sharedWorld: FederationWorld = {
  name: '@shareable, and a mash-up of keys',
  subgraphs: {
    names: {
      sdl: `${federation}
        type Query { house: House! @shareable streets: [House!]! @shareable }
        type House @shareable { number: Int! name: Name }
        type Name { short: String! long: String! @shareable }
      `,
      resolvers: {
        Query: {
          house: () => ({ number: 1, name: { short: 'A', long: 'Abbey' } }),
          streets: () => [
            { number: 1, name: { short: 'A', long: 'Abbey' } },
            { number: 2, name: null },
          ],
        },
      },
    },
    sizes: {
      sdl: `${federation}
        type Query { house: House! @shareable streets: [House!]! @shareable }
        type House @shareable { number: Int! size: Size! }
        type Size { rooms: Int! }
      `,
      resolvers: {
        Query: {
          house: () => ({ number: 1, size: { rooms: 4 } }),
          streets: () => [
            { number: 1, size: { rooms: 4 } },
            { number: 2, size: { rooms: 9 } },
          ],
        },
      },
    },
    letters: {
      sdl: `${federation}
        type Letter
          @key(fields: "id")
          @key(fields: "post", resolvable: false)
          @key(fields: "box { row shelf }", resolvable: false)
          @key(fields: "id box { shelf hall }", resolvable: false) { id: ID! post: ID! box: Box! text: String! }
        type Box { row: ID! shelf: ID! hall: ID! }
      `,
      resolvers: {
        Letter: {
          __resolveReference: (reference: { id?: string }) => {
            const known = found(reference);
            return known && { ...known, text: `text of ${known.id}` };
          },
        },
      },
    },
    bags: {
      sdl: `${federation}
        type Query { bag: Bag }
        type Bag @key(fields: "id") { id: ID! letters: [Letter!]! }
        type Letter
          @key(fields: "box { row shelf }", resolvable: false)
          @key(fields: "id box { shelf hall }")
          @key(fields: "post", resolvable: false)
          @key(fields: "id", resolvable: false) {
          id: ID! post: ID! box: Box! text: String! @external stamp: String! @requires(fields: "text")
        }
        type Box { row: ID! shelf: ID! hall: ID! }
      `,
      resolvers: {
        Query: { bag: () => ({ id: 'bag', letters }) },
        Letter: {
          __resolveReference: (reference: { box?: { shelf?: string; hall?: string } }) => {
            const { shelf, hall } = reference.box ?? {};
            if (!shelf || !hall) throw new Error('only by the whole key');
            return reference;
          },
          stamp: ({ text }: { text: string }) => `stamp on ${text}`,
        },
      },
    },
    streets: {
      sdl: `${federation}
        type Query { quarter: Quarter }
        type Quarter @key(fields: "id") { id: ID! park: Park @shareable }
        type Park @shareable { trees: Int residents: [Resident!]! }
        union Resident = Bird | Fish
        type Bird @shareable { song: String! }
        type Fish { length: Int! kin: Kin }
        type Kin { name: String! }
      `,
      resolvers: {
        Query: {
          quarter: () => ({
            id: 'q',
            park: {
              trees: 7,
              residents: [
                { __typename: 'Bird', song: 'tweet' },
                { __typename: 'Fish', length: 3, kin: { name: 'carp' } },
              ],
            },
          }),
        },
        Quarter: {},
      },
    },
    parks: {
      sdl: `${federation}
        type Quarter @key(fields: "id") { id: ID! park: Park @shareable }
        type Park { ponds: Int trees: Int @shareable residents: [Resident!]! @shareable }
        union Resident = Bird | Frog
        type Bird @shareable { song: String! }
        type Frog { green: Boolean! }
      `,
      resolvers: {
        Quarter: { __resolveReference: ({ id }: { id: string }) => ({ id, park: { ponds: 2, trees: 7 } }) },
      },
    },
  },
  cases: [
    {
      name: 'a root field of two subgraphs, each with its part of the value',
      query: '{ house { number name { short long } size { rooms } } }',
      data: { house: { number: 1, name: { short: 'A', long: 'Abbey' }, size: { rooms: 4 } } },
    },
    {
      name: 'a list of such values, put together by their places',
      query: '{ all: streets { size { r: rooms } name { short } number } }',
      data: {
        all: [
          { size: { r: 4 }, name: { short: 'A' }, number: 1 },
          { size: { r: 9 }, name: null, number: 2 },
        ],
      },
    },
    {
      name: 'keys of which one subgraph offers what the other does not take',
      query: '{ bag { letters { id text stamp } } }',
      data: {
        bag: {
          letters: [
            { id: '1', text: 'text of 1', stamp: 'stamp on text of 1' },
            { id: '2', text: 'text of 2', stamp: 'stamp on text of 2' },
          ],
        },
      },
      apolloIsWrong: 'It names the letter by a key without its hall.',
      apolloPlansWrong: 'It asks for a key without its hall.',
    },
    {
      name: 'a part of a value that is reached through the entity around it',
      query: '{ quarter { park { trees ponds } } }',
      data: { quarter: { park: { trees: 7, ponds: 2 } } },
    },
    {
      name: 'members of a union that the other subgraph does not know, in a value of both',
      query: `{ quarter { park { kinds: residents {
        __typename ... on Bird { song } ... on Frog { green } ... on Fish { size: length kin { name } }
      } } } }`,
      data: {
        quarter: {
          park: {
            kinds: [
              { __typename: 'Bird', song: 'tweet' },
              { __typename: 'Fish', size: 3, kin: { name: 'carp' } },
            ],
          },
        },
      },
      apolloIsWrong: 'It asks only for members that all subgraphs know, which could have told the value.',
    },
  ],
};
