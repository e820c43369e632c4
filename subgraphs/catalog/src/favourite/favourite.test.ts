import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;
const ids = new Map<string, string>();

beforeAll(async () => {
  shop = await createTestCatalog();
  const rows = await shop.apply(Array.from({ length: 12 }, (_, n) => ({ sku: `${n}`, name: `Товар ${n}` })));
  for (const { sku, productId } of rows) ids.set(sku ?? '', productId);
});
afterAll(() => shop.close());

const mark = (
  mutation: 'addFavourite' | 'removeFavourite',
  productId: string | undefined,
  viewer: Parameters<TestCatalog['query']>[2],
) =>
  shop.graph.execute(
    `mutation ($id: ID!) { ${mutation}(productId: $id) { product { sku isFavourite } userErrors { code field } } }`,
    { id: productId },
    viewer,
  );

const listQuery = `query ($first: Int, $after: String) {
  favourites(first: $first, after: $after) { nodes { addedAt product { sku } } pageInfo { hasNextPage endCursor } }
}`;
const skusOf = async (viewer: Parameters<TestCatalog['query']>[2], first = 100): Promise<string[]> => {
  const skus: string[] = [];
  for (let after: string | null = null; ; ) {
    const { favourites } = await shop.query(listQuery, { first, after }, viewer);
    skus.push(...favourites.nodes.map(({ product }: { product: { sku: string } }) => product.sku));
    if (!favourites.pageInfo.hasNextPage) return skus;
    after = favourites.pageInfo.endCursor;
  }
};
const stored = () =>
  shop.graph.ownerQuery('SELECT user_id, product_id, xmin::text FROM catalog.favourites ORDER BY 1, 2');

describe('favourites', () => {
  it('are each person’s own, last marked first, and walked page by page', async () => {
    for (const sku of ['1', '2', '3', '4', '5']) await mark('addFavourite', ids.get(sku), viewers.customer);
    await mark('addFavourite', ids.get('9'), viewers.staff);

    expect(await skusOf(viewers.customer)).toEqual(['5', '4', '3', '2', '1']);
    expect(await skusOf(viewers.customer, 2)).toEqual(['5', '4', '3', '2', '1']);
    expect(await skusOf(viewers.staff)).toEqual(['9']);
  });

  it('are marked and unmarked once, however often it is asked', async () => {
    const before = await stored();
    const again = await mark('addFavourite', ids.get('1'), viewers.customer);
    expect(again.data.addFavourite).toEqual({ product: { sku: '1', isFavourite: true }, userErrors: [] });
    expect(await stored()).toEqual(before);

    await mark('removeFavourite', ids.get('3'), viewers.customer);
    const gone = await mark('removeFavourite', ids.get('3'), viewers.customer);

    expect(gone.data.removeFavourite).toEqual({ product: { sku: '3', isFavourite: false }, userErrors: [] });
    expect(await skusOf(viewers.customer)).toEqual(['5', '4', '2', '1']);
    expect(await skusOf(viewers.staff)).toEqual(['9']);
  });

  it('stay when 1C drops the goods', async () => {
    await shop.apply([{ sku: '5', removed: true }]);

    expect(await skusOf(viewers.customer)).toEqual(['5', '4', '2', '1']);
  });

  it('show on products, for one statement more a list, and for nobody else’s', async () => {
    const query = '{ products(sort: NAME_ASC, first: 3) { nodes { sku isFavourite } } }';
    shop.graph.statements();

    const { products } = await shop.query(query, {}, viewers.customer);
    expect(shop.graph.statements()).toHaveLength(2);
    expect(products.nodes).toEqual([
      { sku: '0', isFavourite: false },
      { sku: '1', isFavourite: true },
      { sku: '10', isFavourite: false },
    ]);

    const anonymous = await shop.query(query);
    expect(shop.graph.statements()).toHaveLength(1);
    expect(anonymous.products.nodes.map(({ isFavourite }: { isFavourite: boolean }) => isFavourite)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it.each(['nonsense', '00000000-0000-4000-8000-000000000000'])(
    'cannot be a product that is not there: %s',
    async (id) => {
      const before = await stored();

      const { data } = await mark('addFavourite', id, viewers.customer);

      expect(data.addFavourite).toEqual({ product: null, userErrors: [{ code: 'NOT_FOUND', field: ['productId'] }] });
      expect(await stored()).toEqual(before);
    },
  );

  it('are at most a thousand', async () => {
    await shop.apply(Array.from({ length: 999 }, (_, n) => ({ sku: `many-${n}`, name: 'Много' })));
    await shop.graph.ownerQuery(
      "INSERT INTO catalog.favourites (user_id, product_id) SELECT $1, id FROM catalog.products WHERE sku LIKE 'many-%'",
      [viewers.admin.userId],
    );
    expect((await mark('addFavourite', ids.get('1'), viewers.admin)).data.addFavourite.userErrors).toEqual([]);

    const { data } = await mark('addFavourite', ids.get('2'), viewers.admin);

    expect(data.addFavourite).toEqual({ product: null, userErrors: [{ code: 'TOO_MANY', field: [] }] });
    expect((await mark('addFavourite', ids.get('1'), viewers.admin)).data.addFavourite.userErrors).toEqual([]);
  });

  it.each([
    ['anonymous', 'UNAUTHENTICATED'],
    ['service', 'FORBIDDEN'],
  ] as const)('are not for %s', async (viewer, code) => {
    const before = await stored();

    const answers = await Promise.all([
      mark('addFavourite', ids.get('7'), viewers[viewer]),
      mark('removeFavourite', ids.get('1'), viewers[viewer]),
      shop.graph.execute(listQuery, {}, viewers[viewer]),
    ]);

    expect(answers.map(({ data, errors }) => [data, errors?.[0]?.extensions?.code])).toEqual(
      Array(3).fill([null, code]),
    );
    expect(await stored()).toEqual(before);
  });

  it('refuse a cursor that was made up', async () => {
    const after = Buffer.from(JSON.stringify(['favourites', 'yesterday', "'; DROP"])).toString('base64url');

    const { errors } = await shop.graph.execute(listQuery, { after }, viewers.customer);

    expect(errors?.[0]?.extensions?.code).toBe('BAD_CURSOR');
  });
});
