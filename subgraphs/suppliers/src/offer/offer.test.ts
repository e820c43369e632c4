import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Marketplace, organizationIds, people } from '../testing/marketplace.ts';

let market: Marketplace;
let fishery: string;
let dairy: string;

beforeAll(async () => {
  market = await Marketplace.open();
});
afterEach(() => market.empty());
afterAll(() => market.close());

type Person = keyof typeof people;

async function stock(): Promise<void> {
  fishery = await market.supplier('fishery');
  dairy = await market.supplier('dairy');
}
const list = async (person: Person, filter: object = {}) => {
  const query = 'query ($filter: OfferFilter) { offers(filter: $filter, first: 100) { nodes { supplierSku } } }';
  const { offers } = await market.ask(query, { filter }, people[person]);
  return offers.nodes.map(({ supplierSku }: { supplierSku: string }) => supplierSku);
};
const fields = `price { amount currencyCode } tens: price(quantity: "10") { amount } quantityPrices { fromQuantity price { amount } }
  prices { scope groupId organizationId fromQuantity price { amount } }`;
const show = async (id: string, person: Person, what = fields) =>
  (await market.ask(`query ($id: ID!) { offer(id: $id) { ${what} } }`, { id }, people[person])).offer;

describe('offers', () => {
  it('are found by supplier, words, code, GTIN and goods, by name', async () => {
    await stock();
    await market.offer(fishery, 'C-1', '1', { name: 'Torsk', gtin: '07310865004703', product_sku: 'COD' });
    await market.offer(fishery, 'E-1', '1', { name: 'Ål 100%' });
    await market.offer(dairy, 'M-1', '1', { name: 'mjölk' });

    expect(await list('bistro')).toEqual(['M-1', 'C-1', 'E-1']);
    expect(await list('bistro', { supplierId: fishery })).toEqual(['C-1', 'E-1']);
    expect(await list('bistro', { supplierId: 'nonsense' })).toEqual([]);
    expect(await list('bistro', { text: 'TORS' })).toEqual(['C-1']);
    expect(await list('bistro', { text: '%' })).toEqual(['E-1']);
    expect(await list('bistro', { text: 'M-1' })).toEqual(['M-1']);
    expect(await list('bistro', { gtin: '07310865004703' })).toEqual(['C-1']);
    expect(await list('bistro', { gtin: '7310865004703' })).toEqual(['C-1']);
    expect(await list('bistro', { productSku: 'COD' })).toEqual(['C-1']);
  });

  it('are each supplier’s own to suppliers, and those that can be traded to restaurants', async () => {
    await stock();
    await market.offer(fishery, 'COD', '1');
    await market.offer(dairy, 'MILK', '1');
    await market.subgraph.ownerQuery('UPDATE suppliers.suppliers SET is_active = false WHERE id = $1', [dairy]);

    expect(await list('fisher')).toEqual(['COD']);
    expect(await list('milkmaid')).toEqual(['MILK']);
    expect(await list('bistro')).toEqual(['COD']);
    expect(await list('milkmaid', { supplierId: fishery })).toEqual([]);
  });

  it('are read page by page, in one statement each', async () => {
    await stock();
    const skus = Array.from({ length: 7 }, (_, place) => `S-${place}`);
    for (const sku of skus) await market.offer(fishery, sku, '1', { name: 'Same' });
    const found: string[] = [];
    market.subgraph.statements();

    for (let after: string | null = null; ; ) {
      const query = `query ($after: String) { offers(first: 3, after: $after) { nodes { supplierSku } pageInfo { hasNextPage endCursor } } }`;
      const { offers } = await market.ask(query, { after }, people.bistro);
      found.push(...offers.nodes.map(({ supplierSku }: { supplierSku: string }) => supplierSku));
      if (!offers.pageInfo.hasNextPage) break;
      after = offers.pageInfo.endCursor;
    }

    expect(found.toSorted()).toEqual(skus);
    expect(market.subgraph.statements()).toHaveLength(3);
  });

  it.each(['anonymous', 'customer', 'service'] as const)('are not for %s', async (person) => {
    const { errors } = await market.execute('{ offers { nodes { id } } }', {}, people[person]);

    expect(errors?.[0]?.extensions?.code).toBe(person === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  });
});

describe('an offer', () => {
  it('shows each restaurant its own price and no other, and all of them to its supplier', async () => {
    await stock();
    const cod = await market.offer(fishery, 'COD', '100.50');
    const group = await market.group(fishery, 'Harbour', organizationIds.bistro);
    await market.price(cod, '90', { from_quantity: '10' });
    await market.price(cod, '85', { scope: 'GROUP', group_id: group });
    await market.price(cod, '70', { scope: 'CUSTOMER', organization_id: organizationIds.tavern, from_quantity: '5' });

    expect(await show(cod, 'bistro')).toEqual({
      price: { amount: '85.00', currencyCode: 'SEK' },
      tens: { amount: '85.00' },
      quantityPrices: [{ fromQuantity: '1', price: { amount: '85.00' } }],
      prices: null,
    });
    expect(await show(cod, 'tavern')).toEqual({
      price: { amount: '100.50', currencyCode: 'SEK' },
      tens: { amount: '70.00' },
      quantityPrices: [
        { fromQuantity: '1', price: { amount: '100.50' } },
        { fromQuantity: '5', price: { amount: '70.00' } },
      ],
      prices: null,
    });
    const { prices, ...own } = await show(cod, 'fishHand');
    expect(own).toMatchObject({ price: { amount: '100.50' }, tens: { amount: '90.00' } });
    expect(prices).toEqual([
      { scope: 'LIST', groupId: null, organizationId: null, fromQuantity: '0', price: { amount: '100.50' } },
      { scope: 'LIST', groupId: null, organizationId: null, fromQuantity: '10', price: { amount: '90.00' } },
      { scope: 'GROUP', groupId: group, organizationId: null, fromQuantity: '0', price: { amount: '85.00' } },
      {
        scope: 'CUSTOMER',
        groupId: null,
        organizationId: organizationIds.tavern,
        fromQuantity: '5',
        price: { amount: '70.00' },
      },
    ]);
    expect((await show(cod, 'admin')).prices).toHaveLength(4);
    expect((await show(cod, 'staff')).prices).toBeNull();
  });

  it('does not exist for people who shop for themselves, nor for other suppliers', async () => {
    await stock();
    const cod = await market.offer(fishery, 'COD', '100');
    const reference = `{ _entities(representations: [{ __typename: "Offer", id: "${cod}" }]) { ... on Offer { name } } }`;

    for (const person of ['anonymous', 'customer', 'milkmaid', 'service'] as const) {
      expect(await show(cod, person)).toBeNull();
      expect(await market.ask(reference, {}, people[person])).toEqual({ _entities: [null] });
    }
    expect(await market.ask(reference, {}, people.bistro)).toEqual({ _entities: [{ name: 'COD' }] });
  });

  it('of the shop is for everybody', async () => {
    market.goods.push({ sku: 'TEA', name: 'Чай', price: { amount: '120.00', currency: 'RUB' }, available: '7' });

    expect(
      await show('house:TEA', 'anonymous', 'name isAvailable stock price { amount } prices { id } product { sku }'),
    ).toEqual({
      name: 'Чай',
      isAvailable: true,
      stock: '7',
      price: { amount: '120.00' },
      prices: null,
      product: { sku: 'TEA' },
    });
    expect(await show('house:NONE', 'anonymous')).toBeNull();
    expect(await show('nonsense\0', 'anonymous')).toBeNull();
  });
});
