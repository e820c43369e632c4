import { byKey, type FederationWorld, federation } from './federation-case.ts';

const films = [
  { __typename: 'Film', id: 'f1', title: 'Stalker', minutes: 162 },
  { __typename: 'Film', id: 'f2', title: 'Solaris', minutes: 167 },
];
const books = [{ __typename: 'Book', id: 'b1', title: 'Roadside Picnic', pages: 209 }];

/** Unions and interfaces whose members are known to some subgraphs alone. */
export const abstractWorld: FederationWorld = {
  name: 'abstract types',
  subgraphs: {
    cinema: {
      sdl: `${federation}
        type Query { works: [Work!]! @shareable screen: Screen found: [Found]! node(id: ID!): Node @shareable }
        interface Work { title: String! }
        interface Node { id: ID! }
        union Found = Film | Hall
        type Film implements Work & Node @key(fields: "id") { id: ID! title: String! minutes: Int! sequel: Work }
        type Hall { seats: Int! shown: Found }
        type Screen { now: Found next: [[Work!]!]! }
      `,
      resolvers: {
        Query: {
          works: () => films,
          screen: () => ({ now: { __typename: 'Hall', seats: 40, shown: films[1] }, next: [[films[0], films[1]], []] }),
          found: () => [films[0], null, { __typename: 'Hall', seats: 10, shown: null }],
          node: (_: unknown, { id }: { id: string }) => byKey(films, 'id')({ id }),
        },
        Film: { __resolveReference: byKey(films, 'id'), sequel: () => null },
      },
    },
    reviews: {
      sdl: `${federation}
        type Query { reviews: [Review!]! }
        union Subject = Film | Book
        type Review { stars: Int! subject: Subject other: Named }
        interface Named { name: String! }
        type Film implements Named @key(fields: "id") { id: ID! name: String! stars: Int! }
        type Book implements Named @key(fields: "id") { id: ID! name: String! stars: Int! }
      `,
      resolvers: {
        Query: {
          reviews: () => [
            { stars: 5, subject: { __typename: 'Film', id: 'f1' }, other: { __typename: 'Book', id: 'b1' } },
            { stars: 4, subject: { __typename: 'Book', id: 'b1' }, other: { __typename: 'Film', id: 'f2' } },
            { stars: 1, subject: null, other: null },
          ],
        },
        Film: {
          __resolveReference: (reference: unknown) => reference,
          name: ({ id }: { id: string }) => `film ${id}`,
          stars: () => 5,
        },
        Book: {
          __resolveReference: (reference: unknown) => reference,
          name: ({ id }: { id: string }) => `book ${id}`,
          stars: () => 4,
        },
      },
    },
    printers: {
      sdl: `${federation}
        type Query { volumes: [Volume!]! }
        interface Volume { title: String! }
        type Book implements Volume @key(fields: "id") { id: ID! title: String! pages: Int! }
      `,
      resolvers: {
        Query: { volumes: () => books },
        Book: { __resolveReference: byKey(books, 'id') },
      },
    },
  },
  cases: [
    {
      name: 'a union’s members, of two subgraphs',
      query: '{ reviews { subject { ... on Film { title minutes } ... on Book { title pages } } } }',
      data: {
        reviews: [
          { subject: { title: 'Stalker', minutes: 162 } },
          { subject: { title: 'Roadside Picnic', pages: 209 } },
          { subject: null },
        ],
      },
    },
    {
      name: 'the same names for different things under different conditions',
      query: '{ reviews { subject { kind: __typename ... on Film { size: minutes } ... on Book { size: pages } } } }',
      data: {
        reviews: [
          { subject: { kind: 'Film', size: 162 } },
          { subject: { kind: 'Book', size: 209 } },
          { subject: null },
        ],
      },
    },
    {
      name: 'fields of one name and other types, side by side',
      query: '{ reviews { subject { ... on Film { it: title stars } ... on Book { it: title stars } } stars } }',
      data: {
        reviews: [
          { subject: { it: 'Stalker', stars: 5 }, stars: 5 },
          { subject: { it: 'Roadside Picnic', stars: 4 }, stars: 4 },
          { subject: null, stars: 1 },
        ],
      },
    },
    {
      name: 'an interface, and from it to another subgraph by type',
      query: '{ reviews { other { name ... on Film { title } ... on Book { pages } } } }',
      data: {
        reviews: [
          { other: { name: 'book b1', pages: 209 } },
          { other: { name: 'film f2', title: 'Solaris' } },
          { other: null },
        ],
      },
    },
    {
      name: 'a union in a union, and members that the other subgraph does not know',
      query: `{ screen { now { __typename ... on Hall { seats shown { ... on Film { name stars } } } } }
        found { ... on Hall { seats } ... on Film { stars } } }`,
      data: {
        screen: { now: { __typename: 'Hall', seats: 40, shown: { name: 'film f2', stars: 5 } } },
        found: [{ stars: 5 }, null, { seats: 10 }],
      },
    },
    {
      name: 'lists of lists',
      query: '{ screen { next { title ... on Film { stars } } } }',
      data: {
        screen: {
          next: [
            [
              { title: 'Stalker', stars: 5 },
              { title: 'Solaris', stars: 5 },
            ],
            [],
          ],
        },
      },
    },
    {
      name: 'names of types everywhere, and under other names',
      query:
        '{ __typename a: __typename works { __typename is: __typename title } volumes { __typename pages: title } }',
      data: {
        __typename: 'Query',
        a: 'Query',
        works: [
          { __typename: 'Film', is: 'Film', title: 'Stalker' },
          { __typename: 'Film', is: 'Film', title: 'Solaris' },
        ],
        volumes: [{ __typename: 'Book', pages: 'Roadside Picnic' }],
      },
    },
    {
      name: 'conditions that can never hold, and conditions in conditions',
      query: `{ works { ... on Film { ... on Work { ... on Film { id stars } } } }
        volumes { ... on Book { ... on Named { name } } } }`,
      data: {
        works: [
          { id: 'f1', stars: 5 },
          { id: 'f2', stars: 5 },
        ],
        volumes: [{ name: 'book b1' }],
      },
    },
    {
      name: 'named fragments, used twice with other neighbours',
      query: `query { works { ...film title } reviews { other { ...film } subject { ...film } } }
        fragment film on Film { __typename id stars ...long }
        fragment long on Film { minutes }`,
      data: {
        works: [
          { __typename: 'Film', id: 'f1', stars: 5, minutes: 162, title: 'Stalker' },
          { __typename: 'Film', id: 'f2', stars: 5, minutes: 167, title: 'Solaris' },
        ],
        reviews: [
          { other: {}, subject: { __typename: 'Film', id: 'f1', stars: 5, minutes: 162 } },
          { other: { __typename: 'Film', id: 'f2', stars: 5, minutes: 167 }, subject: {} },
          { other: null, subject: null },
        ],
      },
    },
    {
      name: 'the name of the type of nothing but its name',
      query: '{ found { __typename } reviews { subject { __typename } } }',
      data: {
        found: [{ __typename: 'Film' }, null, { __typename: 'Hall' }],
        reviews: [{ subject: { __typename: 'Film' } }, { subject: { __typename: 'Book' } }, { subject: null }],
      },
    },
  ],
};
