import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;
beforeEach(async () => {
  await shop?.close();
  shop = await createTestCatalog();
});
afterAll(() => shop.close());

interface Row {
  path: string[];
  externalId?: string | null;
  sortOrder?: number | null;
}

const apply = async (rows: Row[]) => {
  const query = 'mutation ($batch: JSON!) { applyCategories(batch: $batch) }';
  const batch = { source: 'shop', rows: rows.map((row, index) => ({ index, ...row })) };
  return (await shop.query(query, { batch }, viewers.internal)).applyCategories as {
    outcome: string;
    categoryId: string | null;
    errors: { code: string; field: string }[];
  }[];
};
const outcomes = async (rows: Row[]) => (await apply(rows)).map(({ outcome }) => outcome);

const tree = async () =>
  (
    await shop.query(
      '{ categories { name productCount children { name productCount children { name productCount } } } }',
    )
  ).categories;

const leaf = (name: string, productCount = 0) => ({ name, productCount, children: [] });

describe('the category tree', () => {
  it('is made by what goods say, each category once, and counts goods that are not hidden with those below', async () => {
    await shop.apply([
      { sku: '1', name: 'А', categoryPath: ['Еда', 'Крупы'] },
      { sku: '2', name: 'Б', categoryPath: ['Еда', 'Крупы'] },
      { sku: '3', name: 'В', categoryPath: ['Еда'] },
      { sku: '4', name: 'Г', categoryPath: ['Дом', 'Крупы'] },
      { sku: '5', name: 'Д' },
    ]);
    await shop.apply([{ sku: '2', removed: true }]);

    expect(await tree()).toEqual([
      { name: 'Дом', productCount: 1, children: [{ name: 'Крупы', productCount: 1, children: [] }] },
      { name: 'Еда', productCount: 2, children: [{ name: 'Крупы', productCount: 1, children: [] }] },
    ]);
  });

  it('is ordered by sort order, then by name', async () => {
    await apply([{ path: ['Б'] }, { path: ['А'] }, { path: ['В'], sortOrder: 1 }, { path: ['Г'], sortOrder: 0 }]);

    expect((await tree()).map(({ name }: { name: string }) => name)).toEqual(['Г', 'В', 'А', 'Б']);
  });

  it('gives a category by its id, with the way to it', async () => {
    const [, row] = await apply([{ path: ['Еда'] }, { path: ['Еда', 'Крупы'], externalId: 'guid-1', sortOrder: 5 }]);
    const query =
      'query ($id: ID!) { category(id: $id) { name externalId sortOrder pathNames parent { name parent { name } } path { name } } }';

    expect((await shop.query(query, { id: row?.categoryId })).category).toEqual({
      name: 'Крупы',
      externalId: 'guid-1',
      sortOrder: 5,
      pathNames: ['Еда', 'Крупы'],
      parent: { name: 'Еда', parent: null },
      path: [{ name: 'Еда' }, { name: 'Крупы' }],
    });
    expect((await shop.query(query, { id: 'nonsense' })).category).toBeNull();
    expect((await shop.query(query, { id: '00000000-0000-4000-8000-000000000000' })).category).toBeNull();
  });
});

describe('references to categories', () => {
  it('are one statement, whatever their number', async () => {
    const made = await apply([{ path: ['А'] }, { path: ['Б'] }, { path: ['В'] }]);
    const r = [...made.map(({ categoryId }) => categoryId), 'nonsense'].map((id) => ({ __typename: 'Category', id }));
    shop.graph.statements();

    const { _entities } = await shop.query(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Category { name } } }',
      { r },
    );

    expect(_entities).toEqual([{ name: 'А' }, { name: 'Б' }, { name: 'В' }, null]);
    expect(shop.graph.statements()).toHaveLength(1);
  });
});

describe('categories that 1C sends', () => {
  it('are made, changed or left as they are, and not written without need', async () => {
    expect(await outcomes([{ path: ['Еда'], externalId: 'e' }, { path: ['Еда', 'Чай'] }])).toEqual([
      'CREATED',
      'CREATED',
    ]);
    const before = await shop.versions('categories');

    expect(await outcomes([{ path: ['Еда'], externalId: 'e' }, { path: ['Еда', 'Чай'] }])).toEqual([
      'UNCHANGED',
      'UNCHANGED',
    ]);
    expect(await shop.versions('categories')).toEqual(before);
    expect(
      await outcomes([
        { path: ['Еда'], sortOrder: 3 },
        { path: ['Еда', 'Чай'], externalId: 't' },
      ]),
    ).toEqual(['UPDATED', 'UPDATED']);
    expect(await outcomes([{ path: ['Еда'] }])).toEqual(['UNCHANGED']);
    expect(await outcomes([{ path: ['Еда'], sortOrder: null }])).toEqual(['UPDATED']);
  });

  it('carry what lies below them and the goods in them when they are renamed or moved', async () => {
    await apply([
      { path: ['Еда'], externalId: 'e' },
      { path: ['Еда', 'Напитки'], externalId: 'n' },
    ]);
    await shop.apply([{ sku: '1', name: 'Ахмад', categoryPath: ['Еда', 'Напитки', 'Чай'] }]);

    expect(
      await outcomes([
        { path: ['Продукты'], externalId: 'e' },
        { path: ['Питьё'], externalId: 'n' },
      ]),
    ).toEqual(['UPDATED', 'UPDATED']);

    expect(await tree()).toEqual([{ name: 'Питьё', productCount: 1, children: [leaf('Чай', 1)] }, leaf('Продукты')]);
    expect(await shop.names({ text: 'питьё' })).toEqual(['Ахмад']);
    expect(await shop.names({ text: 'pityo' })).toEqual(['Ахмад']);
    expect(await shop.names({ text: 'напитки' })).toEqual([]);
    const { product } = await shop.query('{ product(sku: "1") { category { pathNames } categoryPath } }');
    expect(product).toEqual({
      category: { pathNames: ['Питьё', 'Чай'] },
      categoryPath: [expect.any(String), expect.any(String)],
    });
    expect(await shop.outcomes([{ sku: '1', name: 'Ахмад', categoryPath: ['Питьё', 'Чай'] }])).toEqual(['UNCHANGED']);
  });

  it('may exchange their names in one batch of three steps', async () => {
    await apply([
      { path: ['А'], externalId: 'a' },
      { path: ['Б'], externalId: 'b' },
    ]);

    expect(
      await outcomes([
        { path: ['В'], externalId: 'a' },
        { path: ['А'], externalId: 'b' },
        { path: ['Б'], externalId: 'a' },
      ]),
    ).toEqual(['UPDATED', 'UPDATED', 'UPDATED']);

    const rows = await shop.graph.ownerQuery('SELECT name, external_id FROM catalog.categories ORDER BY name');
    expect(rows).toEqual([
      { name: 'А', external_id: 'b' },
      { name: 'Б', external_id: 'a' },
    ]);
  });

  it('take over the category that goods made under their new name', async () => {
    await apply([{ path: ['Старое'], externalId: 'x' }]);
    await shop.apply([{ sku: '1', name: 'А', categoryPath: ['Новое'] }]);

    expect(await outcomes([{ path: ['Новое'], externalId: 'x' }])).toEqual(['UPDATED']);

    const rows = await shop.graph.ownerQuery('SELECT name, external_id FROM catalog.categories ORDER BY name');
    expect(rows).toEqual([
      { name: 'Новое', external_id: 'x' },
      { name: 'Старое', external_id: null },
    ]);
  });

  it('are refused one by one where two would have one path, or one would lie in itself', async () => {
    await apply([
      { path: ['А'], externalId: 'a' },
      { path: ['Б'], externalId: 'b' },
    ]);
    const before = await shop.versions('categories');

    const rows = await apply([
      { path: ['А'], externalId: 'b' },
      { path: ['А', 'В'], externalId: 'a' },
      { path: ['Б'], externalId: 'b' },
    ]);

    expect(rows.map(({ outcome, errors }) => [outcome, errors[0]?.code])).toEqual([
      ['REJECTED', 'NOT_APPLIED'],
      ['REJECTED', 'NOT_APPLIED'],
      ['UNCHANGED', undefined],
    ]);
    expect(await shop.versions('categories')).toEqual(before);
  });

  it('may have been made anew in 1C: the path is found again', async () => {
    await apply([{ path: ['А'], externalId: 'old' }]);

    expect(await outcomes([{ path: ['А'], externalId: 'new' }])).toEqual(['UPDATED']);
    expect(
      await outcomes([
        { path: ['А'], externalId: 'new' },
        { path: ['А'], externalId: 'second' },
      ]),
    ).toEqual(['UNCHANGED', 'REJECTED']);
  });
});
