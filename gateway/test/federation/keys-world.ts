import { byKey, type FederationWorld, federation } from './federation-case.ts';

const shops = [
  { id: 's1', code: 'A', region: { country: 'ru', town: 'Tula' }, slogan: 'Bread' },
  { id: 's2', code: 'B', region: { country: 'ru', town: 'Omsk' }, slogan: 'Salt' },
];

const inTown = ({ region }: { region: { town: string } }) => shops.find((shop) => shop.region.town === region.town);

/** Many keys, keys within keys, keys that only another subgraph can turn into the one needed, and keys that are null. */
export const keysWorld: FederationWorld = {
  name: '@key',
  subgraphs: {
    registry: {
      sdl: `${federation}
        type Query { shops: [Shop!]! visits: [Visit!]! }
        type Shop @key(fields: "id") { id: ID! slogan: String! }
        type Visit { at: Int! shop: Shop guest: Guest }
        type Guest @key(fields: "card") { card: ID }
      `,
      resolvers: {
        Query: {
          shops: () => shops.map(({ id, slogan }) => ({ id, slogan })),
          visits: () => [
            { at: 1, shop: { id: 's1', slogan: 'Bread' }, guest: { card: 'c1' } },
            { at: 2, shop: null, guest: { card: null } },
            { at: 3, shop: { id: 's2', slogan: 'Salt' }, guest: { card: 'lost' } },
            { at: 4, shop: { id: 's1', slogan: 'Bread' }, guest: null },
          ],
        },
        Shop: { __resolveReference: byKey(shops, 'id') },
        Guest: { __resolveReference: (guest: unknown) => guest },
      },
    },
    codes: {
      sdl: `${federation}
        type Shop @key(fields: "id") @key(fields: "code") { id: ID! code: String! }
      `,
      resolvers: {
        Shop: {
          __resolveReference: (reference: { id?: string; code?: string }) => {
            const shop = byKey(shops, 'id', 'code')(reference);
            return shop && { id: shop.id, code: shop.code };
          },
        },
      },
    },
    places: {
      sdl: `${federation}
        type Shop @key(fields: "code") @key(fields: "region { country town }") { code: String! region: Region! }
        type Region @shareable { country: String! town: String! }
      `,
      resolvers: {
        Shop: {
          __resolveReference: (reference: { code?: string; region?: { town: string } }) => {
            const shop = reference.region ? inTown({ region: reference.region }) : byKey(shops, 'code')(reference);
            return shop && { code: shop.code, region: shop.region };
          },
        },
      },
    },
    weather: {
      sdl: `${federation}
        type Query { stations: [Station!]! }
        type Station { shop: Shop! }
        type Shop @key(fields: "region { country town }") { region: Region! weather: String! }
        type Region @shareable { country: String! town: String! }
      `,
      resolvers: {
        Query: { stations: () => [{ shop: { region: shops[1]?.region } }] },
        Shop: {
          __resolveReference: ({ region }: { region: { town: string } }) => ({ region }),
          weather: ({ region }: { region: { town: string } }) => `rain in ${region.town}`,
        },
      },
    },
    guests: {
      sdl: `${federation}
        type Guest @key(fields: "card") { card: ID name: String }
      `,
      resolvers: {
        Guest: {
          __resolveReference: ({ card }: { card: string | null }) => (card === 'c1' ? { card, name: 'Anna' } : null),
        },
      },
    },
  },
  cases: [
    {
      name: 'from key to key to a nested key',
      query: '{ shops { slogan weather } }',
      data: {
        shops: [
          { slogan: 'Bread', weather: 'rain in Tula' },
          { slogan: 'Salt', weather: 'rain in Omsk' },
        ],
      },
    },
    {
      name: 'the same way back',
      query: '{ stations { shop { slogan id code weather } } }',
      data: { stations: [{ shop: { slogan: 'Salt', id: 's2', code: 'B', weather: 'rain in Omsk' } }] },
    },
    {
      name: 'keys on the way do not reach the client, nor hide its aliases',
      query: '{ shops { id: slogan code: id region: weather } }',
      data: {
        shops: [
          { id: 'Bread', code: 's1', region: 'rain in Tula' },
          { id: 'Salt', code: 's2', region: 'rain in Omsk' },
        ],
      },
      apolloIsWrong: 'It merges keys over the client’s fields of that name.',
    },
    {
      name: 'entities that are null, keys that are null, and entities unknown to the other subgraph',
      query: '{ visits { at shop { code } guest { card name } } }',
      data: {
        visits: [
          { at: 1, shop: { code: 'A' }, guest: { card: 'c1', name: 'Anna' } },
          { at: 2, shop: null, guest: { card: null, name: null } },
          { at: 3, shop: { code: 'B' }, guest: { card: 'lost', name: null } },
          { at: 4, shop: { code: 'A' }, guest: null },
        ],
      },
    },
    {
      name: 'both @skip and @include, by a variable with a default',
      query: `query ($if: Boolean = true, $not: Boolean!) {
        shops { ... @include(if: $if) { code weather @skip(if: $not) } ... on Shop @skip(if: $if) { id slogan } }
        gone: shops @include(if: false) { id }
        stations @skip(if: $not) @include(if: $if) { shop { code } }
      }`,
      variables: { not: false },
      data: {
        shops: [
          { code: 'A', weather: 'rain in Tula' },
          { code: 'B', weather: 'rain in Omsk' },
        ],
        stations: [{ shop: { code: 'B' } }],
      },
    },
    {
      name: 'and the other way round',
      query: `query ($if: Boolean = true, $not: Boolean!) {
        shops { ...some @include(if: $if) ... @skip(if: $if) { id slogan } region @skip(if: $not) { town } }
      }
      fragment some on Shop { code weather @skip(if: $not) }`,
      variables: { if: false, not: true },
      data: {
        shops: [
          { id: 's1', slogan: 'Bread' },
          { id: 's2', slogan: 'Salt' },
        ],
      },
    },
    {
      name: 'a field selected twice, once under a condition',
      query:
        'query ($if: Boolean!) { shops { code @include(if: $if) } shops { id region { town } region { country } } }',
      variables: { if: false },
      data: {
        shops: [
          { id: 's1', region: { town: 'Tula', country: 'ru' } },
          { id: 's2', region: { town: 'Omsk', country: 'ru' } },
        ],
      },
    },
    {
      name: 'what the schema says of itself, beside what subgraphs say',
      query:
        '{ __schema { queryType { name } } t: __typename stations { shop { __typename } } __type(name: "Region") { name } }',
      data: {
        __schema: { queryType: { name: 'Query' } },
        t: 'Query',
        stations: [{ shop: { __typename: 'Shop' } }],
        __type: { name: 'Region' },
      },
    },
    {
      name: 'one entity at many places of one answer',
      query: '{ a: visits { shop { weather } } b: shops { weather w2: weather } stations { shop { id } } }',
      data: {
        a: [
          { shop: { weather: 'rain in Tula' } },
          { shop: null },
          { shop: { weather: 'rain in Omsk' } },
          { shop: { weather: 'rain in Tula' } },
        ],
        b: [
          { weather: 'rain in Tula', w2: 'rain in Tula' },
          { weather: 'rain in Omsk', w2: 'rain in Omsk' },
        ],
        stations: [{ shop: { id: 's2' } }],
      },
    },
  ],
};
