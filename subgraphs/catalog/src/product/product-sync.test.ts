import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;
beforeAll(async () => {
  shop = await createTestCatalog();
});
afterAll(() => shop.close());

describe('applying goods', () => {
  it('makes goods that are new and gives back their ids', async () => {
    const [row] = await shop.apply([
      {
        sku: '00017',
        barcode: '4600000000017',
        name: 'Гречка',
        price: '12.50',
        currency: 'RUB',
        categoryPath: ['Бакалея', 'Крупы'],
        imageUrls: ['https://img/1.jpg'],
      },
    ]);

    expect(row).toMatchObject({ index: 0, sku: '00017', outcome: 'CREATED', created: true, errors: [] });
    const { product } = await shop.query(
      '{ product(sku: " 00017 ") { id sku barcode name price { amount currencyCode } nutrition { fat } category { name parent { name } path { name } productCount } categoryPath images { url position } tags isAvailable } }',
    );
    expect(product).toEqual({
      id: row?.productId,
      sku: '00017',
      barcode: '4600000000017',
      name: 'Гречка',
      price: { amount: '12.50', currencyCode: 'RUB' },
      nutrition: null,
      category: {
        name: 'Крупы',
        parent: { name: 'Бакалея' },
        path: [{ name: 'Бакалея' }, { name: 'Крупы' }],
        productCount: 1,
      },
      categoryPath: [expect.any(String), expect.any(String)],
      images: [{ url: 'https://img/1.jpg', position: 0 }],
      tags: [],
      isAvailable: true,
    });
    console.log(JSON.stringify(await shop.query('{ a: searchSuggestions(text: "гре") { text kind } b: searchSuggestions(text: "kru") { text kind } c: searchSuggestions(text: "грчка") { text kind } }')));
    const staff = await shop.query('mutation ($id: ID!) { a: setProductAvailability(input: {productId: $id, isAvailable: false, reason: "x"}) { product { isAvailable unavailableReason overrides { name } } userErrors { code } } b: setProductTags(input: {productId: $id, tags: ["b", "a", "b"]}) { product { tags } userErrors { code } } c: setProductImageOrder(input: {productId: $id, urls: ["zz"]}) { product { id } userErrors { code message } } d: setProductOverrides(input: {productId: $id, name: "Ядрица", price: {amount: "1.5", currencyCode: "KZT"}}) { product { name price { amount currencyCode } overrides { name description } } userErrors { code } } }', { id: product.id }, { kind: 'user', userId: 'x', role: 'STAFF' });
    console.log(JSON.stringify(staff));
    const cats = await shop.graph.execute('mutation ($b: JSON!) { applyCategories(batch: $b) }', { b: { rows: [{ index: 0, path: ['Бакалея'], externalId: 'e1', sortOrder: 3 }, { index: 1, path: ['Бакалея', 'Каши'], externalId: 'e2' }] } }, { kind: 'internal', name: 'x' });
    const cats2 = await shop.graph.execute('mutation ($b: JSON!) { applyCategories(batch: $b) }', { b: { rows: [{ index: 0, path: ['Еда'], externalId: 'e1' }, { index: 1, path: ['Каши'], externalId: 'e2' },  { index: 1, path: ['Еда', 'Еда'], externalId: 'e1' }] } }, { kind: 'internal', name: 'x' });
    console.log(JSON.stringify([cats, cats2]), JSON.stringify(await shop.query('{ categories { name productCount sortOrder children { name productCount pathNames } } }')));
  });
});
