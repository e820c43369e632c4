import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryHarness } from '../testing/inventory-harness.ts';
import { smallCatalog } from '../testing/small-catalog.ts';

const dairy = '00000000-0000-4000-8000-00000000da1f';
const staff = 'user:00000000-0000-4000-8000-0000000000c2';

let shop: InventoryHarness;

beforeAll(async () => {
  const tea = { sku: 'TEA', isAvailable: true, categoryPath: [] };
  shop = await InventoryHarness.open(smallCatalog([tea], [dairy]));
});
afterEach(() => shop.empty());
afterAll(() => shop.close());

const payload = 'buffer { scope quantity categoryId product { sku } updatedBy } userErrors { code field }';

type Kind = 'Global' | 'Category' | 'Product';

const set = async (kind: Kind, input: object) => {
  const mutation = `mutation ($input: Set${kind}BufferInput!) { set${kind}Buffer(input: $input) { ${payload} } }`;
  return (await shop.ask(mutation, { input }))[`set${kind}Buffer`];
};

const settings = async () =>
  (
    await shop.ask(
      '{ buffers { global { quantity updatedBy updatedAt } overrides { totalCount nodes { scope categoryId product { sku } quantity } } } }',
    )
  ).buffers;

const changes = async () =>
  (await shop.ask('{ bufferChanges { nodes { scope fromQuantity toQuantity actor categoryId product { sku } } } }'))
    .bufferChanges.nodes;

describe('the global buffer', () => {
  it('is the setting’s until staff set one', async () => {
    expect((await settings()).global).toEqual({ quantity: 5, updatedBy: null, updatedAt: null });
  });

  it('is what staff set, and the setting’s again when they clear it', async () => {
    const answer = await set('Global', { quantity: 2.5 });
    expect(answer.buffer).toEqual({
      scope: 'GLOBAL',
      quantity: 2.5,
      categoryId: null,
      product: null,
      updatedBy: staff,
    });

    expect((await set('Global', { quantity: null })).buffer).toMatchObject({ quantity: 5, updatedBy: null });
    expect((await changes()).map((change: { toQuantity: number | null }) => change.toQuantity)).toEqual([null, 2.5]);
  });
});

describe('overrides', () => {
  it('are set, listed and cleared', async () => {
    expect((await set('Category', { categoryId: dairy.toUpperCase(), quantity: 3 })).userErrors).toEqual([]);
    expect((await set('Product', { sku: ' TEA ', quantity: 0 })).buffer).toMatchObject({ product: { sku: 'TEA' } });

    const { overrides } = await settings();
    expect(overrides).toEqual({
      totalCount: 2,
      nodes: [
        { scope: 'CATEGORY', categoryId: dairy, product: null, quantity: 3 },
        { scope: 'PRODUCT', categoryId: null, product: { sku: 'TEA' }, quantity: 0 },
      ],
    });
    expect(await set('Product', { sku: 'TEA', quantity: null })).toEqual({ buffer: null, userErrors: [] });
    expect((await settings()).overrides.totalCount).toBe(1);
  });

  it('can be cleared though the catalogue has dropped what they are of', async () => {
    expect((await set('Product', { sku: 'GONE', quantity: null })).userErrors).toEqual([]);
  });

  it('are read page by page', async () => {
    await set('Category', { categoryId: dairy, quantity: 3 });
    await set('Product', { sku: 'TEA', quantity: 1 });
    const query =
      'query ($after: String) { buffers { overrides(first: 1, after: $after) { nodes { scope } pageInfo { endCursor hasNextPage } } } }';

    const first = (await shop.ask(query)).buffers.overrides;
    const second = (await shop.ask(query, { after: first.pageInfo.endCursor })).buffers.overrides;

    expect([first.nodes, second.nodes]).toEqual([[{ scope: 'CATEGORY' }], [{ scope: 'PRODUCT' }]]);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });
});

describe('a change of a buffer', () => {
  it('is written down with who made it, from what and to what', async () => {
    await set('Product', { sku: 'TEA', quantity: 1 });
    await set('Product', { sku: 'TEA', quantity: 2 });
    await set('Product', { sku: 'TEA', quantity: 2 });
    await set('Product', { sku: 'TEA', quantity: null });

    const change = { scope: 'PRODUCT', actor: staff, categoryId: null, product: { sku: 'TEA' } };
    expect(await changes()).toEqual([
      { ...change, fromQuantity: 2, toQuantity: null },
      { ...change, fromQuantity: 1, toQuantity: 2 },
      { ...change, fromQuantity: null, toQuantity: 1 },
    ]);
  });

  it.each<[Kind, object, string, string]>([
    ['Global', { quantity: -0.001 }, 'NEGATIVE', 'quantity'],
    ['Global', { quantity: 1_000_000.001 }, 'TOO_LARGE', 'quantity'],
    ['Global', { quantity: 0.0001 }, 'TOO_PRECISE', 'quantity'],
    ['Product', { sku: 'TEA', quantity: 1e300 }, 'TOO_LARGE', 'quantity'],
    ['Product', { sku: 'UNKNOWN', quantity: 1 }, 'UNKNOWN_PRODUCT', 'sku'],
    ['Product', { sku: 'A\0B', quantity: null }, 'UNKNOWN_PRODUCT', 'sku'],
    ['Product', { sku: ' ', quantity: 1 }, 'UNKNOWN_PRODUCT', 'sku'],
    ['Category', { categoryId: dairy, quantity: -1 }, 'NEGATIVE', 'quantity'],
    ['Category', { categoryId: '00000000-0000-4000-8000-000000000000', quantity: 1 }, 'UNKNOWN_CATEGORY', 'categoryId'],
    ['Category', { categoryId: 'dairy', quantity: 1 }, 'UNKNOWN_CATEGORY', 'categoryId'],
  ])('of kind %s to %j is refused with %s', async (kind, input, code, field) => {
    expect(await set(kind, input)).toEqual({ buffer: null, userErrors: [{ code, field: ['input', field] }] });

    expect(await changes()).toEqual([]);
  });

  it.each(['NaN', 'Infinity', '"5"'])('to %s does not get past the door', async (quantity) => {
    const { errors } = await shop.subgraph.execute(
      `mutation { setGlobalBuffer(input: { quantity: ${quantity} }) { userErrors { code } } }`,
      {},
      viewers.staff,
    );

    expect(errors).toHaveLength(1);
    expect(await changes()).toEqual([]);
  });
  it('to a number beyond all numbers is too large', async () => {
    const answer = await shop.ask('mutation { setGlobalBuffer(input: { quantity: 1e999 }) { userErrors { code } } }');

    expect(answer.setGlobalBuffer.userErrors).toEqual([{ code: 'TOO_LARGE' }]);
  });
});
