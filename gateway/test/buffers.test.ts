import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';

const sync =
  'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { results { outcome } userErrors { message } } }';

describe.each(modes)('buffers, %s', (mode) => {
  let graph: TestGraph;
  const asStaff = async (query: string, variables = {}) => {
    const { data, errors } = await graph.query(query, variables, graph.tokens.staff);
    expect(errors).toBeUndefined();
    return data;
  };
  const availableOnline = async (sku: string) =>
    (await asStaff('query ($sku: String) { product(sku: $sku) { availableOnline } }', { sku })).product.availableOnline;

  beforeAll(async () => {
    graph = await startTestGraph(mode);
    const items = [
      { sku: 'TEA', name: 'Чай', stockQuantity: 4, categoryPath: ['Бакалея', 'Чай'] },
      { sku: 'RICE', name: 'Рис', stockQuantity: 6, categoryPath: ['Бакалея'] },
      { sku: 'MILK', name: 'Молоко', stockQuantity: 20 },
    ];
    await graph.query(sync, { input: { source: 'one_c', items } }, graph.tokens.service);
  });
  afterAll(() => graph.stop());

  it('are tried on the whole catalogue before they are set', async () => {
    const { stockBufferImpact } = await asStaff(
      '{ stockBufferImpact(buffer: 10) { goods currentBuffer sellable hidden sellableNow hiddenNow wouldHide wouldShow } }',
    );

    expect(stockBufferImpact).toEqual({
      goods: 3,
      currentBuffer: 5,
      sellable: 1,
      hidden: 2,
      sellableNow: 2,
      hiddenNow: 1,
      wouldHide: 1,
      wouldShow: 0,
    });
  });

  it('of a category hold for those below it, until a product has its own', async () => {
    const { product } = await asStaff('{ product(sku: "RICE") { category { id } } }');
    await asStaff(
      'mutation ($id: ID!) { setCategoryBuffer(input: { categoryId: $id, quantity: 1 }) { userErrors { code } } }',
      { id: product.category.id },
    );

    expect([await availableOnline('TEA'), await availableOnline('RICE'), await availableOnline('MILK')]).toEqual([
      3, 5, 15,
    ]);

    await asStaff('mutation { setProductBuffer(input: { sku: "TEA", quantity: 2.5 }) { userErrors { code } } }');
    expect(await availableOnline('TEA')).toBe(1.5);
  });

  it('are listed with the goods that they are of', async () => {
    const { buffers } = await asStaff(
      '{ buffers { overrides { nodes { quantity product { sku name availableOnline } } } } }',
    );

    expect(buffers.overrides.nodes).toEqual([
      { quantity: 1, product: null },
      { quantity: 2.5, product: { sku: 'TEA', name: 'Чай', availableOnline: 1.5 } },
    ]);
  });

  it.each([
    ['setProductBuffer(input: { sku: "NONE", quantity: 1 })', 'UNKNOWN_PRODUCT'],
    [
      'setCategoryBuffer(input: { categoryId: "00000000-0000-4000-8000-000000000000", quantity: 1 })',
      'UNKNOWN_CATEGORY',
    ],
  ])('are set of nothing that the catalogue does not know: %s', async (mutation, code) => {
    const data = await asStaff(`mutation { answer: ${mutation} { userErrors { code } } }`);

    expect(data.answer.userErrors).toEqual([{ code }]);
  });
});
