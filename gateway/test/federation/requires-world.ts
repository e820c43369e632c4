import { byKey, type FederationWorld, federation } from './federation-case.ts';

interface Parcel {
  readonly id: string;
  readonly grams?: number;
  readonly size?: { readonly width: number; readonly height: number };
  readonly content?: {
    readonly __typename: string;
    readonly name: string;
    readonly kcal?: number;
    readonly age?: number;
  };
}

const parcels: readonly Parcel[] = [
  {
    id: 'p1',
    grams: 1500,
    size: { width: 2, height: 3 },
    content: { __typename: 'Food', name: 'buckwheat', kcal: 343 },
  },
  { id: 'p2', grams: 200, size: { width: 1, height: 1 }, content: { __typename: 'Toy', name: 'top', age: 3 } },
];

interface FreightParcel {
  readonly id: string;
  readonly weight?: number;
  readonly size?: { readonly width: number; readonly height: number };
  readonly content?: { readonly __typename: string; readonly kcal?: number; readonly age?: number };
  readonly tariff?: string;
}

const askedOutside =
  'Its plan asks a subgraph for a field that is @external there, when that one needs it for a field that another needs.';

/** Fields computed of other subgraphs' fields: with arguments, nested, by fragments, and in a circle. */
export const requiresWorld: FederationWorld = {
  name: '@requires',
  subgraphs: {
    warehouse: {
      sdl: `${federation}
        type Query { parcels: [Parcel!]! parcel(id: ID!): Parcel }
        enum Unit { G KG }
        type Parcel @key(fields: "id") { id: ID! weight(unit: Unit! = KG): Float! size: Size content: Content }
        type Size @shareable { width: Int! height: Int! }
        interface Content { name: String! }
        type Food implements Content @shareable { name: String! kcal: Int! }
        type Toy implements Content @shareable { name: String! age: Int! }
      `,
      resolvers: {
        Query: {
          parcels: () => parcels,
          parcel: (_: unknown, { id }: { id: string }) => parcels.find((each) => each.id === id) ?? null,
        },
        Parcel: {
          __resolveReference: byKey(parcels, 'id'),
          weight: ({ grams = 0 }: Parcel, { unit }: { unit: string }) => (unit === 'G' ? grams : grams / 1000),
        },
      },
    },
    freight: {
      sdl: `${federation}
        enum Unit { G KG }
        type Parcel @key(fields: "id") {
          id: ID!
          weight(unit: Unit! = KG): Float! @external
          size: Size @external
          content: Content @external
          tariff: String! @external
          cost: Float! @requires(fields: "weight(unit: G)")
          kilos: String! @requires(fields: "weight(unit: KG)")
          label: String! @requires(fields: "size { width height }")
          duty: String! @requires(fields: "content { __typename ... on Food { kcal } ... on Toy { age } }")
          lane: String!
          total: String! @requires(fields: "tariff")
        }
        type Size @shareable { width: Int! height: Int! }
        interface Content { name: String! }
        type Food implements Content @shareable { name: String! kcal: Int! }
        type Toy implements Content @shareable { name: String! age: Int! }
      `,
      resolvers: {
        Parcel: {
          __resolveReference: (reference: FreightParcel) => reference,
          cost: ({ weight = -1 }: FreightParcel) => weight / 100,
          kilos: ({ weight = -1 }: FreightParcel) => `${weight} kg`,
          label: ({ size }: FreightParcel) => `${size?.width}x${size?.height}`,
          duty: ({ content }: FreightParcel) => `${content?.__typename}:${content?.kcal ?? content?.age}`,
          lane: ({ id }: FreightParcel) => `lane of ${id}`,
          total: ({ tariff }: FreightParcel) => `total by ${tariff}`,
        },
      },
    },
    billing: {
      sdl: `${federation}
        type Parcel @key(fields: "id") {
          id: ID!
          lane: String! @external
          cost: Float! @external
          label: String! @external
          total: String! @external
          tariff: String! @requires(fields: "lane")
          invoice: String! @requires(fields: "cost label")
          ledger: String! @requires(fields: "total")
        }
      `,
      resolvers: {
        Parcel: {
          __resolveReference: (reference: { id: string }) => reference,
          tariff: ({ lane }: { lane: string }) => `tariff of ${lane}`,
          invoice: ({ cost, label }: { cost: number; label: string }) => `${cost} for ${label}`,
          ledger: ({ total }: { total: string }) => `ledger of ${total}`,
        },
      },
    },
  },
  cases: [
    {
      name: 'a field that needs another with an argument',
      query: '{ parcels { id cost } }',
      data: {
        parcels: [
          { id: 'p1', cost: 15 },
          { id: 'p2', cost: 2 },
        ],
      },
    },
    {
      name: 'the needed field, asked by the client with its default argument too',
      query: '{ parcels { weight cost } }',
      data: {
        parcels: [
          { weight: 1.5, cost: 15 },
          { weight: 0.2, cost: 2 },
        ],
      },
      apolloIsWrong: 'It merges what @requires needs over the client’s own selection of the same field.',
    },
    {
      name: 'the needed field, asked by the client under other names and arguments',
      query: '{ parcel(id: "p1") { kilos: weight(unit: KG) grams: weight(unit: G) cost } }',
      data: { parcel: { kilos: 1.5, grams: 1500, cost: 15 } },
    },
    {
      name: 'a field of the client that bears the needed field’s name',
      query: '{ parcel(id: "p2") { weight: id cost } }',
      data: { parcel: { weight: 'p2', cost: 2 } },
      apolloIsWrong: 'It gives the needed field the name that the client gave to another.',
    },
    {
      name: 'two fields that need one with other arguments each',
      query: '{ parcels { cost kilos weight(unit: G) } }',
      data: {
        parcels: [
          { cost: 15, kilos: '1.5 kg', weight: 1500 },
          { cost: 2, kilos: '0.2 kg', weight: 200 },
        ],
      },
      apolloIsWrong: 'It gives both the same value.',
      apolloPlansWrong: 'It fetches but one of the two.',
    },
    {
      name: 'a nested selection, of which the client sees nothing else',
      query: '{ parcels { label size { height } } }',
      data: {
        parcels: [
          { label: '2x3', size: { height: 3 } },
          { label: '1x1', size: { height: 1 } },
        ],
      },
    },
    {
      name: 'needed fields under a type condition',
      query: '{ parcels { duty } }',
      data: { parcels: [{ duty: 'Food:343' }, { duty: 'Toy:3' }] },
    },
    {
      name: 'needed fields that need others themselves',
      query: '{ parcels { invoice } }',
      data: { parcels: [{ invoice: '15 for 2x3' }, { invoice: '2 for 1x1' }] },
    },
    {
      name: 'a circle between two subgraphs, walked three times',
      query: '{ parcel(id: "p1") { ledger } }',
      data: { parcel: { ledger: 'ledger of total by tariff of lane of p1' } },
      apolloIsWrong: askedOutside,
      apolloPlansWrong: askedOutside,
    },
    {
      name: 'several at once, aliased',
      query: '{ parcel(id: "p2") { a: invoice b: ledger c: duty d: tariff } }',
      data: {
        parcel: {
          a: '2 for 1x1',
          b: 'ledger of total by tariff of lane of p2',
          c: 'Toy:3',
          d: 'tariff of lane of p2',
        },
      },
      apolloIsWrong: askedOutside,
      apolloPlansWrong: askedOutside,
    },
    {
      name: 'names of the client within a needed object',
      query: '{ parcels { size { width: height w: width } label } }',
      data: {
        parcels: [
          { size: { width: 3, w: 2 }, label: '2x3' },
          { size: { width: 1, w: 1 }, label: '1x1' },
        ],
      },
      apolloIsWrong: 'It requires the width, and sends what the client called so.',
    },
    {
      name: 'and within its fragments',
      query: '{ parcels { content { ... on Food { kcal: name } ... on Toy { name age: age } } duty } }',
      data: {
        parcels: [
          { content: { kcal: 'buckwheat' }, duty: 'Food:343' },
          { content: { name: 'top', age: 3 }, duty: 'Toy:3' },
        ],
      },
      apolloIsWrong: 'The same.',
    },
    {
      name: 'under @include, the needed fields too',
      query: 'query ($with: Boolean!) { parcels { id invoice @include(if: $with) } }',
      variables: { with: false },
      data: { parcels: [{ id: 'p1' }, { id: 'p2' }] },
    },
  ],
};
