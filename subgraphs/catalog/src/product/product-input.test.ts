import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;
beforeAll(async () => {
  shop = await createTestCatalog();
  await shop.apply([
    { sku: 'tea-1', barcode: '461', name: 'Чай', price: '5' },
    { sku: 'tea-2', barcode: '462', name: 'Чай', price: '5' },
  ]);
});
afterAll(() => shop.close());

const pageQuery = `query ($first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {
  products(first: $first, after: $after, filter: $filter, sort: $sort) {
    edges { cursor } nodes { sku name price { amount } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

describe('bad input', () => {
  const cursor = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');

  it.each([
    ['too many rows', { first: 101 }, 'BAD_USER_INPUT'],
    ['fewer than none', { first: -1 }, 'BAD_USER_INPUT'],
    ['too many barcodes', { filter: { barcodes: Array(101).fill('1') } }, 'BAD_USER_INPUT'],
    ['a cursor that is none', { after: 'nonsense' }, 'BAD_CURSOR'],
    ['a cursor made up', { after: cursor('products', 1, 2) }, 'BAD_CURSOR'],
    ['hidden goods for the public', { filter: { includeHidden: true } }, 'FORBIDDEN'],
  ])('gets its error: %s', async (_what, variables, code) => {
    const { data, errors } = await shop.graph.execute(pageQuery, variables);

    expect(errors?.[0]?.extensions?.code).toBe(code);
    expect(data).toBeNull();
  });

  it('is a cursor with another sort, another filter, or values of the wrong kind', async () => {
    const { products } = await shop.query(pageQuery, { first: 1, sort: 'PRICE_ASC' });
    const after: string = products.pageInfo.endCursor;
    const [list] = JSON.parse(Buffer.from(after, 'base64url').toString());
    const id = '00000000-0000-4000-8000-000000000000';
    const codes = [];

    for (const variables of [
      { sort: 'PRICE_DESC', after },
      { sort: 'PRICE_ASC', filter: { available: true }, after },
      { sort: 'PRICE_ASC', after: cursor(list, 'dear', id) },
      { sort: 'PRICE_ASC', after: cursor(list, '5.00', "'; DROP TABLE products") },
      { sort: 'PRICE_ASC', after: cursor(list, true, id) },
      { sort: 'NEWEST', after: cursor(list.replace('PRICE_ASC', 'NEWEST'), '2026-02-31T00:00:00.000Z', id) },
      { sort: 'NAME_ASC', after: cursor(list.replace('PRICE_ASC', 'NAME_ASC'), 'a\u0000', id) },
    ]) {
      const { errors } = await shop.graph.execute(pageQuery, variables);
      codes.push(errors?.[0]?.extensions?.code);
    }

    expect(codes).toEqual(Array(7).fill('BAD_CURSOR'));
  });

  it.each([
    ['no key', '{ product { id } }'],
    ['two keys', '{ product(sku: "a", barcode: "b") { id } }'],
  ])('is a product asked for by %s', async (_what, query) => {
    const { errors } = await shop.graph.execute(query);

    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('a product by its key', () => {
  it('is the one, or null', async () => {
    const { byBarcode, byId, bySku, byEmpty } = await shop.query(
      '{ byBarcode: product(barcode: "46 - 1") { sku } byId: product(id: "nonsense") { sku } bySku: product(sku: "tea\\u0000-1") { sku } byEmpty: product(sku: "") { sku } }',
    );

    expect({ byBarcode, byId, bySku, byEmpty }).toEqual({
      byBarcode: { sku: 'tea-1' },
      byId: null,
      bySku: { sku: 'tea-1' },
      byEmpty: null,
    });
  });

  it('is, of goods that share a barcode, one that is not hidden, and of those the oldest', async () => {
    const one = async () => (await shop.query('{ product(barcode: "twin") { sku } }')).product.sku;
    await shop.apply([{ sku: 'twin-1', barcode: 'twin', name: 'Близнец' }]);
    await shop.apply([{ sku: 'twin-2', barcode: 'twin', name: 'Близнец' }]);
    expect(await one()).toBe('twin-1');

    await shop.apply([{ sku: 'twin-1', removed: true }]);

    expect(await one()).toBe('twin-2');
  });
});
