import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;
const sorts = ['NAME_ASC', 'NAME_DESC', 'PRICE_ASC', 'PRICE_DESC', 'NEWEST', 'RELEVANCE'];

/** Sixty goods with few different names and prices, a third of them without a price, over five categories. */
const crowd = Array.from({ length: 60 }, (_, n) => ({
  sku: `crowd-${n}`,
  barcode: `90${n}`,
  name: ['Чай чёрный', 'Чай зелёный', 'Кофе'][n % 3] ?? '',
  price: n % 3 === 0 ? null : `${(n % 4) * 10 + 5}`,
  currency: 'RUB',
  categoryPath:
    [['Напитки'], ['Напитки', 'Чай'], ['Напитки', 'Кофе'], ['Подарки'], ['Подарки', 'К чаю']][n % 5] ?? null,
}));

beforeAll(async () => {
  shop = await createTestCatalog();
  await shop.apply(crowd.slice(0, 40));
  await shop.apply([
    ...crowd.slice(40),
    { sku: 'hidden-1', name: 'Чай скрытый', price: '15', categoryPath: ['Напитки', 'Чай'] },
  ]);
  await shop.apply([{ sku: 'hidden-1', removed: true }]);
});
afterAll(() => shop.close());

interface Row {
  sku: string;
  name: string;
  price: { amount: string } | null;
}

const pageQuery = `query ($first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {
  products(first: $first, after: $after, filter: $filter, sort: $sort) {
    edges { cursor } nodes { sku name price { amount } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

/** Reads a list to its end, page by page. */
async function walk(
  variables: Record<string, unknown>,
  first: number,
  viewer: Parameters<TestCatalog['query']>[2] = viewers.anonymous,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | null = null; ; ) {
    const { products } = await shop.query(pageQuery, { ...variables, first, after }, viewer);
    rows.push(...products.nodes);
    expect(products.pageInfo.hasPreviousPage).toBe(after !== null);
    if (!products.pageInfo.hasNextPage) return rows;
    expect(products.nodes).toHaveLength(first);
    after = products.pageInfo.endCursor;
  }
}

const idOf = async (...path: string[]): Promise<string> => {
  const [row] = await shop.graph.ownerQuery<{ id: string }>('SELECT id FROM catalog.categories WHERE path_names = $1', [
    path,
  ]);
  return row?.id ?? '';
};

describe('walking a list page by page', () => {
  const filters: [string, () => Promise<Record<string, unknown>>, number][] = [
    ['all goods', async () => ({}), 60],
    ['a category with those below it', async () => ({ categoryId: await idOf('Напитки') }), 36],
    ['a search', async () => ({ text: 'чай ' }), 48],
    ['a search in a category', async () => ({ text: 'чай ', categoryId: await idOf('Подарки') }), 20],
  ];
  const cases = filters.flatMap(([what, filter, count]) => sorts.map((sort) => [what, sort, filter, count] as const));

  it.each(cases)(
    'shows every row of %s once, sorted by %s, however many are equal',
    async (_what, sort, filter, count) => {
      const variables = { sort, filter: await filter() };

      const inOne = await walk(variables, 100);
      const inSevens = await walk(variables, 7);

      expect(inOne).toHaveLength(count);
      expect(new Set(inOne.map(({ sku }) => sku)).size).toBe(count);
      expect(inSevens).toEqual(inOne);
    },
  );

  it.each(sorts)('shows hidden goods in their places, sorted by %s, to staff who ask', async (sort) => {
    const all = { sort, filter: { includeHidden: true } };
    const below = { sort, filter: { includeHidden: true, categoryId: await idOf('Напитки') } };

    const rows = await walk(all, 7, viewers.staff);

    expect(rows).toEqual(await walk(all, 100, viewers.staff));
    expect(rows.filter(({ sku }) => sku !== 'hidden-1')).toEqual(await walk({ sort }, 100));
    expect(rows).toHaveLength(61);
    expect(await walk(below, 7, viewers.staff)).toHaveLength(37);
  });

  it('counts hidden goods among those that are not offered', async () => {
    const rows = (available: boolean) => walk({ filter: { includeHidden: true, available } }, 7, viewers.staff);

    expect([(await rows(true)).length, (await rows(false)).map(({ sku }) => sku)]).toEqual([60, ['hidden-1']]);
  });

  it('shows what a corrected word finds, once each', async () => {
    const variables = { filter: { text: 'зилёнай' } };

    const rows = await walk(variables, 7);

    expect(rows.map(({ name }) => name)).toEqual(Array(20).fill('Чай зелёный'));
    expect(rows).toEqual(await walk(variables, 100));
  });
});

describe('the order of a list', () => {
  it('puts goods without a price last, whether the cheapest or the dearest come first', async () => {
    const amounts = async (sort: string) => (await walk({ sort }, 100)).map(({ price }) => price?.amount ?? null);

    const cheapest = await amounts('PRICE_ASC');
    const dearest = await amounts('PRICE_DESC');

    expect(cheapest.slice(0, 40).map(Number)).toEqual(
      cheapest
        .slice(0, 40)
        .map(Number)
        .toSorted((a, b) => a - b),
    );
    expect(dearest.slice(0, 40).map(Number)).toEqual(
      dearest
        .slice(0, 40)
        .map(Number)
        .toSorted((a, b) => b - a),
    );
    expect([...cheapest.slice(40), ...dearest.slice(40)]).toEqual(Array(40).fill(null));
  });

  it('is by name with ё as е, and backwards', async () => {
    const ascending = [...new Set((await walk({ sort: 'NAME_ASC' }, 100)).map(({ name }) => name))];
    const descending = [...new Set((await walk({ sort: 'NAME_DESC' }, 100)).map(({ name }) => name))];

    expect(ascending).toEqual(['Кофе', 'Чай зелёный', 'Чай чёрный']);
    expect(descending).toEqual(ascending.toReversed());
  });

  it('is newest first when nothing is said', async () => {
    const [first] = await walk({}, 100);

    expect(Number(first?.sku.replace('crowd-', ''))).toBeGreaterThanOrEqual(40);
  });
});

describe('filters', () => {
  it.each([
    ['a price range, ends included', { minPrice: '15', maxPrice: '25' }, 20],
    ['a price as a number', { minPrice: 35 }, 10],
    ['barcodes, spaces and dashes ignored', { barcodes: ['90 1', '9-02', 'nothing'] }, 2],
    ['no barcodes at all', { barcodes: [] }, 0],
    ['a tag that nothing carries', { tag: 'new' }, 0],
    ['goods that are offered', { available: true }, 60],
    ['goods that are not', { available: false }, 0],
    ['a category that is none', { categoryId: 'nonsense' }, 0],
    ['an empty text', { text: '   ' }, 60],
    [
      'everything at once',
      { text: 'чай', minPrice: '5', maxPrice: '100', available: true, barcodes: ['901', '902'] },
      1,
    ],
  ])('leave goods by %s', async (_what, filter, count) => {
    const { products } = await shop.query(
      'query ($filter: ProductFilter) { products(filter: $filter, first: 100) { totalCount nodes { sku } } }',
      { filter },
    );

    expect(products).toMatchObject({ totalCount: count, nodes: { length: count } });
  });
});

describe('what a list costs', () => {
  const fields = 'sku name price { amount } nutrition { fat } images { url } tags isAvailable categoryPath';

  it.each([
    ['its rows', `{ products(first: 20) { nodes { ${fields} } pageInfo { endCursor } } }`, 1],
    ['a search', `{ products(first: 20, filter: {text: "чёй"}) { nodes { ${fields} } } }`, 1],
    ['the categories of its rows', `{ products(first: 20) { nodes { sku category { name } } } }`, 2],
    ['the count', `{ products(first: 20) { totalCount nodes { sku } } }`, 2],
    ['a product by its key', `{ product(sku: "crowd-1") { ${fields} } }`, 1],
    ['the way to a product', '{ product(sku: "crowd-1") { category { name path { id name } parent { name } } } }', 2],
    ['the tree with counts', '{ categories { name productCount children { name productCount } } }', 4],
  ])('is one statement for %s and none for each row', async (_what, query, count) => {
    shop.graph.statements();

    await shop.query(query);

    expect(shop.graph.statements()).toHaveLength(count);
  });

  it('is one statement for any number of references of one kind', async () => {
    const skus = crowd.slice(0, 30).map(({ sku }) => ({ __typename: 'Product', sku }));
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Product { id sku name } } }';
    shop.graph.statements();

    const bySku = await shop.query(query, { r: [...skus, { __typename: 'Product', sku: 'nobody' }] });

    expect(shop.graph.statements()).toHaveLength(1);
    expect(bySku._entities.map((row: Row | null) => row?.sku ?? null)).toEqual([...skus.map(({ sku }) => sku), null]);
    const ids = bySku._entities.slice(0, 30).map(({ id }: { id: string }) => ({ __typename: 'Product', id }));
    const byId = await shop.query(query, { r: [...ids, { __typename: 'Product', id: 'nonsense' }] });
    expect(byId._entities).toEqual([...bySku._entities.slice(0, 30), null]);
    expect(shop.graph.statements()).toHaveLength(1);
  });
});

describe('a page', () => {
  it('has whatever is asked of its goods, each field alone or all together', async () => {
    await shop.apply([
      { ...crowd[1], sku: 'crowd-1', description: 'Крупный лист', brand: 'Б', imageUrls: ['https://a/1'] },
    ]);
    const { __type } = await shop.query(
      '{ __type(name: "Product") { fields { name type { kind ofType { kind ofType { kind ofType { kind } } } } } } }',
    );
    const inner: Record<string, string> = { price: '{ amount }', images: '{ url }', nutrition: '{ fat }' };
    const selections = (__type.fields as { name: string }[])
      .filter(({ name }) => !name.startsWith('_'))
      .map(
        (field) =>
          field.name + (inner[field.name] ?? (JSON.stringify(field).includes('OBJECT') ? '{ __typename }' : '')),
      );
    const read = async (selection: string) => {
      const nodes = await shop.query(
        `{ products(sort: NAME_DESC, first: 60) { nodes { sku ${selection} } } }`,
        {},
        viewers.staff,
      );
      const one = await shop.query(`{ product(sku: "crowd-1") { sku ${selection} } }`, {}, viewers.staff);
      return [nodes.products.nodes.find(({ sku }: Row) => sku === 'crowd-1'), one.product];
    };

    for (const selection of [...selections, selections.join(' ')]) {
      const [listed, single] = await read(selection);
      expect(listed).toEqual(single);
    }
    expect(selections.length).toBeGreaterThan(20);
  });
});

describe('the statements of a page', () => {
  it('stay the same for pages of about one size, so that they are planned once', async () => {
    shop.graph.statements();

    for (const first of [12, 15, 20]) await shop.query(`{ products(first: ${first}) { nodes { sku name } } }`);

    expect(new Set(shop.graph.statements()).size).toBe(1);
  });
});
