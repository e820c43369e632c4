import { byKey, type FederationWorld, federation } from './federation-case.ts';

const drinks = [
  { __typename: 'Tea', id: 'd1', name: 'Ivan chai', leaves: 'fireweed' },
  { __typename: 'Juice', id: 'd2', name: 'Sea buckthorn', fruit: 'berries' },
];

const drinkTypes = `
  interface Drink @key(fields: "id") { id: ID! name: String! }
  type Tea implements Drink @key(fields: "id") { id: ID! name: String! leaves: String! }
  type Juice implements Drink @key(fields: "id") { id: ID! name: String! fruit: String! }
`;

/** An interface that two other subgraphs know as one object type: they add fields to all its members. */
export const interfaceObjectWorld: FederationWorld = {
  name: '@interfaceObject',
  subgraphs: {
    bar: {
      sdl: `${federation} type Query { drinks: [Drink!]! tea: Tea! } ${drinkTypes}`,
      resolvers: {
        Query: { drinks: () => drinks, tea: () => drinks[0] },
        Drink: { __resolveReference: byKey(drinks, 'id') },
        Tea: { __resolveReference: byKey(drinks, 'id') },
        Juice: { __resolveReference: byKey(drinks, 'id') },
      },
    },
    stars: {
      sdl: `${federation}
        type Query { best: Drink worst: [Drink] }
        type Drink @key(fields: "id") @interfaceObject { id: ID! stars: Int! name: String! @external praise: String! @requires(fields: "name") }
      `,
      resolvers: {
        Query: { best: () => ({ id: 'd2' }), worst: () => [{ id: 'd1' }, null, { id: 'gone' }] },
        Drink: {
          __resolveReference: (reference: { id: string }) => reference,
          stars: ({ id }: { id: string }) => Number(id.slice(1)) + 3,
          praise: ({ name }: { name: string }) => `${name}!`,
        },
      },
    },
    shelf: {
      sdl: `${federation} type Drink @key(fields: "id") @interfaceObject { id: ID! place: String! }`,
      resolvers: {
        Drink: {
          __resolveReference: (reference: { id: string }) => reference,
          place: ({ id }: { id: string }) => `shelf ${id}`,
        },
      },
    },
  },
  cases: [
    {
      name: 'fields that other subgraphs add to every member',
      query: '{ drinks { id stars place } }',
      data: {
        drinks: [
          { id: 'd1', stars: 4, place: 'shelf d1' },
          { id: 'd2', stars: 5, place: 'shelf d2' },
        ],
      },
    },
    {
      name: 'of a member asked for as itself',
      query: '{ tea { __typename leaves stars } }',
      data: { tea: { __typename: 'Tea', leaves: 'fireweed', stars: 4 } },
    },
    {
      name: 'the member’s own name, where the way begins at the object type',
      query: '{ best { __typename stars ... on Juice { fruit } ... on Tea { leaves } } }',
      data: { best: { __typename: 'Juice', stars: 5, fruit: 'berries' } },
    },
    {
      name: 'fields alone of the object type, without its name',
      query: '{ best { id stars } }',
      data: { best: { id: 'd2', stars: 5 } },
    },
    {
      name: 'from one object type to another',
      query: '{ best { stars place } }',
      data: { best: { stars: 5, place: 'shelf d2' } },
    },
    {
      name: 'what an object type requires of the interface',
      query: '{ drinks { praise } best { praise name } }',
      data: {
        drinks: [{ praise: 'Ivan chai!' }, { praise: 'Sea buckthorn!' }],
        best: { praise: 'Sea buckthorn!', name: 'Sea buckthorn' },
      },
    },
    {
      name: 'under a type condition, only for the member',
      query: '{ drinks { id ... on Tea { stars } } }',
      data: { drinks: [{ id: 'd1', stars: 4 }, { id: 'd2' }] },
    },
    {
      name: 'a null, and a key that nobody knows',
      query: '{ worst { id ... on Tea { leaves } } }',
      data: { worst: [{ id: 'd1', leaves: 'fireweed' }, null, { id: 'gone' }] },
    },
  ],
};
