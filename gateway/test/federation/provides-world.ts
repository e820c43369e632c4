import { type FederationWorld, federation } from './federation-case.ts';

const authors = new Map([
  ['a1', { id: 'a1', name: 'Anna', town: 'Tula' }],
  ['a2', { id: 'a2', name: 'Boris', town: 'Omsk' }],
]);

/** What a subgraph gives along the way is taken from it there, and asked of its owner elsewhere. */
export const providesWorld: FederationWorld = {
  name: '@provides',
  subgraphs: {
    library: {
      sdl: `${federation}
        type Query {
          best: Book @provides(fields: "author { name }")
          latest: Book
          series: Series @provides(fields: "books { title author { name } }")
          shelf: [Item!]! @provides(fields: "... on Book { title } ... on Film { title }")
          hall: [Medium!]! @provides(fields: "... on Film { title }")
        }
        type Book implements Medium @key(fields: "id") { id: ID! title: String! @external author: Author }
        type Film implements Medium @key(fields: "id") { id: ID! title: String! @external }
        interface Medium { id: ID! title: String! }
        union Item = Book | Film
        type Series { books: [Book!]! }
        type Author @key(fields: "id") { id: ID! name: String! @external }
      `,
      resolvers: {
        Query: {
          best: () => ({ id: 'b1', title: 'library’s b1', author: { id: 'a1', name: 'library’s Anna' } }),
          latest: () => ({ id: 'b2', title: 'library’s b2', author: { id: 'a2' } }),
          series: () => ({
            books: [{ id: 'b3', title: 'library’s b3', author: { id: 'a2', name: 'library’s Boris' } }],
          }),
          shelf: () => [
            { __typename: 'Book', id: 'b1', title: 'library’s b1' },
            { __typename: 'Film', id: 'f1', title: 'library’s f1' },
          ],
          hall: () => [{ __typename: 'Film', id: 'f1', title: 'library’s f1' }],
        },
        Book: { __resolveReference: ({ id }: { id: string }) => ({ id, author: { id: 'a2' } }) },
        Film: { __resolveReference: ({ id }: { id: string }) => ({ id }) },
      },
    },
    works: {
      sdl: `${federation}
        type Book @key(fields: "id") { id: ID! title: String! @shareable pages: Int! }
        type Film @key(fields: "id") { id: ID! title: String! @shareable minutes: Int! }
      `,
      resolvers: {
        Book: { __resolveReference: ({ id }: { id: string }) => ({ id, title: `works’ ${id}`, pages: 7 }) },
        Film: { __resolveReference: ({ id }: { id: string }) => ({ id, title: `works’ ${id}`, minutes: 90 }) },
      },
    },
    people: {
      sdl: `${federation}
        type Author @key(fields: "id") { id: ID! name: String! @shareable town: String! }
      `,
      resolvers: { Author: { __resolveReference: ({ id }: { id: string }) => authors.get(id) ?? null } },
    },
  },
  cases: [
    {
      name: 'a provided field is taken on the way that provides it',
      query: '{ best { author { name } } }',
      data: { best: { author: { name: 'library’s Anna' } } },
    },
    {
      name: 'the same field is asked of its owner on another way',
      query: '{ latest { title author { name } } }',
      data: { latest: { title: 'works’ b2', author: { name: 'Boris' } } },
    },
    {
      name: 'what is not provided comes of the owner, the provided stays',
      query: '{ best { author { name town } } }',
      data: { best: { author: { name: 'library’s Anna', town: 'Tula' } } },
    },
    {
      name: 'provided through several fields, of which the client asks some',
      query: '{ series { books { name: title pages author { town name } } } }',
      data: {
        series: {
          books: [{ name: 'library’s b3', pages: 7, author: { town: 'Omsk', name: 'library’s Boris' } }],
        },
      },
    },
    {
      name: 'members of a union',
      query: '{ shelf { __typename ... on Book { title pages } ... on Film { title minutes } } }',
      data: {
        shelf: [
          { __typename: 'Book', title: 'library’s b1', pages: 7 },
          { __typename: 'Film', title: 'library’s f1', minutes: 90 },
        ],
      },
    },
    {
      name: 'a field of an interface',
      query: '{ hall { title ... on Film { minutes } } }',
      data: { hall: [{ title: 'library’s f1', minutes: 90 }] },
    },
  ],
};
