import { byKey, type FederationWorld, federation } from './federation-case.ts';

const people = [
  { id: 'u1', role: 'COOK', secret: 'salt' },
  { id: 'u2', role: 'SPY', secret: 'pepper' },
];

/** What subgraphs know of one another and clients do not: hidden fields, values and types, and what they have in common. */
export const visibilityWorld: FederationWorld = {
  name: '@inaccessible, enums and inputs',
  subgraphs: {
    staff: {
      sdl: `${federation}
        type Query { people: [Person!]! roles: [Role] first: Role! hired(by: Filter!): [Person!]! things: [Thing] }
        enum Role { COOK SPY @inaccessible }
        input Filter { role: Role name: String }
        type Person @key(fields: "id") { id: ID! role: Role @shareable secret: String! @inaccessible }
        union Thing = Pan | Knife
        type Pan { size: Int! }
        type Knife @inaccessible { size: Int! }
      `,
      resolvers: {
        Query: {
          people: () => people,
          roles: () => ['COOK', 'SPY', null],
          first: () => 'SPY',
          hired: (_: unknown, { by }: { by: { role?: string } }) => people.filter(({ role }) => role === by.role),
          things: () => [{ __typename: 'Pan', size: 3 }, { __typename: 'Knife', size: 1 }, null],
        },
        Person: { __resolveReference: byKey(people, 'id') },
      },
    },
    payroll: {
      sdl: `${federation}
        type Query { paid(by: Filter!): [Person!]! }
        enum Role { COOK SPY }
        input Filter { role: Role amount: Int }
        type Person @key(fields: "id") {
          id: ID!
          role: Role @shareable
          secret: String! @external
          code: String! @requires(fields: "secret")
        }
      `,
      resolvers: {
        Query: { paid: () => people.map(({ id }) => ({ id, role: 'COOK' })) },
        Person: {
          __resolveReference: (reference: object) => reference,
          code: ({ secret }: { secret: string }) => secret.toUpperCase(),
        },
      },
    },
  },
  cases: [
    {
      name: 'a field that only subgraphs see is required all the same',
      query: '{ people { code } paid(by: { role: COOK }) { id code } }',
      data: {
        people: [{ code: 'SALT' }, { code: 'PEPPER' }],
        paid: [
          { id: 'u1', code: 'SALT' },
          { id: 'u2', code: 'PEPPER' },
        ],
      },
    },
    {
      name: 'a value that clients do not know is null, and said to be wrong',
      query: '{ people { id role } roles }',
      data: {
        people: [
          { id: 'u1', role: 'COOK' },
          { id: 'u2', role: null },
        ],
        roles: ['COOK', null, null],
      },
      errors: [
        { message: 'Invalid value found for field Person.role.', path: ['people', 1, 'role'] },
        { message: 'Invalid value found for field Query.roles.', path: ['roles', 1] },
      ],
    },
    {
      name: 'and takes the answer with it where null cannot stand',
      query: '{ first }',
      data: null,
      errors: [{ message: 'Invalid value found for field Query.first.', path: ['first'] }],
    },
    {
      name: 'a member of a union that clients do not know',
      query: '{ things { __typename ... on Pan { size } } }',
      data: { things: [{ __typename: 'Pan', size: 3 }, null, null] },
      errors: [{ message: 'Invalid __typename found for object at field Query.things.', path: ['things', 1] }],
    },
    {
      name: 'the hidden cannot be asked for',
      query: '{ people { secret } }',
      data: null,
      errors: [{ message: 'Cannot query field "secret" on type "Person".', path: [] }],
    },
    {
      name: 'nor given',
      query: '{ hired(by: { role: SPY }) { id } }',
      data: null,
      errors: [{ message: 'Value "SPY" does not exist in "Role" enum.', path: [] }],
    },
    {
      name: 'an input has what all subgraphs understand',
      query: '{ hired(by: { name: "Anna" }) { id } }',
      data: null,
      errors: [{ message: 'Field "name" is not defined by type "Filter".', path: [] }],
    },
  ],
};
