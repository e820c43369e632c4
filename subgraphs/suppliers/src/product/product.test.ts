import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { Marketplace, organizationIds, people } from '../testing/marketplace.ts';
import { packsFor } from './compare-offers.ts';

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

const products = async (skus: readonly string[], fields: string, person: Person) => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Product { ${fields} } } }`;
  const of = skus.map((sku) => ({ __typename: 'Product', sku }));
  return (await market.ask(query, { of }, people[person]))._entities;
};
const best = async (person: Person, args = '', sku = 'COD') => {
  const fields = `bestOffer${args} { offer { supplierSku supplier { name } } quantity total { amount currencyCode } baseUnit pricePerBaseUnit { amount } }`;
  return (await products([sku], fields, person))[0].bestOffer;
};
const offered = async (person: Person, sku = 'COD') => {
  const [{ offers }] = await products([sku], 'offers { nodes { supplierSku } }', person);
  return offers.nodes.map(({ supplierSku }: { supplierSku: string }) => supplierSku);
};

describe('Product.offers', () => {
  it('are the cheapest first by base unit, what cannot be had last', async () => {
    await stock();
    const cod = { product_sku: 'COD' };
    await market.offer(fishery, 'BOX-5', '500', cod);
    await market.offer(fishery, 'BOX-20', '1600', { ...cod, pack_size: '20' });
    await market.offer(dairy, 'OUT', '1', { ...cod, is_available: false });
    await market.offer(dairy, 'NO-PRICE', null, cod);
    await market.offer(dairy, 'GONE', '1', { ...cod, removed_at: new Date() });
    await market.offer(dairy, 'OTHER', '1', { product_sku: 'EEL' });

    const order = await offered('bistro');

    expect(order.slice(0, 2)).toEqual(['BOX-20', 'BOX-5']);
    expect(order.slice(2).toSorted()).toEqual(['NO-PRICE', 'OUT']);
  });

  it('take the shop’s own in, and show each viewer what is theirs to see', async () => {
    await stock();
    await market.offer(fishery, 'F', '100', { product_sku: 'COD' });
    await market.offer(dairy, 'D', '90', { product_sku: 'COD' });
    market.goods.push({ sku: 'COD', unit: 'кг', price: { amount: '25.00', currency: 'SEK' }, available: '9' });

    expect(await offered('bistro')).toEqual(['D', 'F', 'COD']);
    expect(await offered('staff')).toEqual(['D', 'F', 'COD']);
    expect(await offered('fisher')).toEqual(['F', 'COD']);
    expect(await offered('customer')).toEqual(['COD']);
    expect(await offered('anonymous')).toEqual(['COD']);
  });

  it('are read page by page', async () => {
    await stock();
    for (const [sku, price] of [
      ['A', '1'],
      ['B', '2'],
      ['C', '3'],
    ] as const)
      await market.offer(fishery, sku, price, { product_sku: 'COD' });

    const page = async (after?: string) => {
      const args = after ? `(first: 2, after: "${after}")` : '(first: 2)';
      const fields = `offers${args} { nodes { supplierSku } pageInfo { hasNextPage endCursor } }`;
      return (await products(['COD'], fields, 'bistro'))[0].offers;
    };
    const first = await page();
    const second = await page(first.pageInfo.endCursor);

    expect([...first.nodes, ...second.nodes].map((node: { supplierSku: string }) => node.supplierSku)).toEqual([
      'A',
      'B',
      'C',
    ]);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it('of a page of goods cost as many statements as those of one', async () => {
    await stock();
    const skus = Array.from({ length: 20 }, (_, place) => `P-${place}`);
    for (const sku of skus) await market.offer(fishery, sku, '10', { product_sku: sku });
    const fields =
      'offers { nodes { name price { amount } supplier { name } } } bestOffer(quantity: "7") { total { amount } }';
    market.subgraph.statements();
    await products(['P-0'], fields, 'bistro');
    const one = market.subgraph.statements().length;

    const answers = await products(skus, fields, 'bistro');

    expect(answers).toHaveLength(20);
    expect(answers[7].bestOffer).toEqual({ total: { amount: '20.00' } });
    expect(market.subgraph.statements()).toHaveLength(one);
    expect(one).toBe(4);
  });
});

describe('Product.bestOffer', () => {
  it('buys whole packs: a little is cheapest in small ones, much in large ones', async () => {
    await stock();
    const cod = { product_sku: 'COD' };
    await market.offer(fishery, 'SACK', '250', { ...cod, pack_size: '25' });
    await market.offer(dairy, 'BAG', '15', { ...cod, pack_size: '1' });

    expect(await best('bistro', '(quantity: "1")')).toEqual({
      offer: { supplierSku: 'BAG', supplier: { name: 'dairy' } },
      quantity: '1',
      total: { amount: '15.00', currencyCode: 'SEK' },
      baseUnit: 'KILOGRAM',
      pricePerBaseUnit: { amount: '15.00' },
    });
    expect(await best('bistro', '(quantity: "20")')).toMatchObject({
      offer: { supplierSku: 'SACK' },
      quantity: '1',
      pricePerBaseUnit: { amount: '12.50' },
    });
    expect(await best('bistro')).toMatchObject({
      offer: { supplierSku: 'SACK' },
      pricePerBaseUnit: { amount: '10.00' },
    });
  });

  it('minds multiples, minimums, quantity breaks and what is in stock', async () => {
    await stock();
    const cod = { product_sku: 'COD', pack_size: '1' };
    const six = await market.offer(fishery, 'SIX', '10', { ...cod, multiple: '6', minimum_quantity: '12' });
    await market.price(six, '5', { from_quantity: '24' });
    await market.offer(dairy, 'FEW', '1', { ...cod, stock: '3' });

    expect(await best('bistro', '(quantity: "3")')).toMatchObject({ offer: { supplierSku: 'FEW' }, quantity: '3' });
    expect(await best('bistro', '(quantity: "4")')).toMatchObject({ quantity: '12', total: { amount: '120.00' } });
    expect(await best('bistro', '(quantity: "19")')).toMatchObject({ quantity: '24', total: { amount: '120.00' } });
  });

  it('is each restaurant’s own, by its own price', async () => {
    await stock();
    const mine = await market.offer(fishery, 'F', '100', { product_sku: 'COD' });
    await market.offer(dairy, 'D', '90', { product_sku: 'COD' });
    await market.price(mine, '80', { scope: 'CUSTOMER', organization_id: organizationIds.bistro });

    expect(await best('bistro')).toMatchObject({ offer: { supplierSku: 'F' }, total: { amount: '80.00' } });
    expect(await best('tavern')).toMatchObject({ offer: { supplierSku: 'D' }, total: { amount: '90.00' } });
  });

  it('compares without tax, pieces with kilograms by the weight of a piece, and one currency at a time', async () => {
    await stock();
    const cod = { product_sku: 'COD' };
    market.goods.push({ sku: 'COD', weightGrams: '500', price: { amount: '30.00', currency: 'RUB' }, available: '50' });
    await market.offer(fishery, 'NET', '100', { ...cod, pack_size: '1', tax_rate: '25' });
    await market.offer(dairy, 'GROSS', '110', { ...cod, pack_size: '1', tax_rate: '25', tax_included: true });

    expect(await best('bistro', '(quantity: "2")')).toMatchObject({
      offer: { supplierSku: 'GROSS' },
      total: { amount: '110.00', currencyCode: 'SEK' },
      baseUnit: 'PIECE',
      pricePerBaseUnit: { amount: '44.00' },
    });
    expect(await best('bistro', '(quantity: "2", currency: "RUB")')).toMatchObject({
      offer: { supplierSku: 'COD' },
      quantity: '2',
    });
    expect(await best('bistro', '(currency: "EUR")')).toBeNull();
    expect(await best('bistro', '', 'NONE')).toBeNull();
  });

  it.each(['0', '-1', '1000001'])('of %s is no question', async (quantity) => {
    const query = `{ _entities(representations: [{ __typename: "Product", sku: "COD" }]) { ... on Product { bestOffer(quantity: "${quantity}") { quantity } } } }`;

    const { errors } = await market.execute(query);

    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('orders whole multiples that reach the quantity, and none too many', () => {
    const thousandths = (most: number) => fc.integer({ min: 1, max: most }).map((n) => new Decimal(n).div(1_000));
    fc.assert(
      fc.property(
        thousandths(50_000),
        thousandths(5_000),
        thousandths(20_000),
        thousandths(200_000),
        (size, multiple, least, wanted) => {
          const offer = {
            baseUnit: 'PIECE',
            packSize: `${size}`,
            multiple: `${multiple}`,
            minimumQuantity: `${least}`,
          } as const;

          const packs = packsFor(offer, size, wanted);

          expect(packs.mod(multiple).isZero()).toBe(true);
          expect(packs.gte(least) && packs.mul(size).plus('1e-9').gte(wanted)).toBe(true);
          const fewer = packs.minus(multiple);
          expect(fewer.lt(least) || fewer.mul(size).lt(wanted)).toBe(true);
        },
      ),
    );
  });
});
