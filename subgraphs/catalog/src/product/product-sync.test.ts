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
    console.log(
      await shop.names({ text: 'grechka' }),
      await shop.names({ text: 'гречки' }),
      await shop.names({ text: 'гричка' }),
      await shop.names({}, 'PRICE_ASC'),
      await shop.names({ minPrice: '1', categoryId: product.categoryPath[1] }, 'PRICE_ASC'),
    );
  });
});
