import { DomainError } from '@gastronom/shared/domain-error';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { houseId } from '../supplier/supplier.entity.ts';
import { Marketplace, organizationIds, people } from '../testing/marketplace.ts';

let market: Marketplace;

beforeAll(async () => {
  market = await Marketplace.open();
});
afterEach(() => market.empty());
afterAll(() => market.close());

const bistro = { kind: 'ORGANIZATION', id: organizationIds.bistro };
const tavern = { kind: 'ORGANIZATION', id: organizationIds.tavern };
const person = { kind: 'USER', id: people.customer.userId };

type Lines = readonly (readonly [offerId: string, quantity: string])[];

const quote = async (buyer: object | null, lines: Lines, more: object = {}) => {
  const input = {
    buyer,
    lines: lines.map(([offerId, quantity], key) => ({ key: `${key}`, offerId, quantity })),
    ...more,
  };
  return (await market.ask('query ($input: JSON!) { quoteOffers(input: $input) }', { input })).quoteOffers;
};
const pricesOf = async (buyer: object | null, lines: Lines) =>
  (await quote(buyer, lines)).lines.map(({ status, price }: { status: string; price?: { amount: string } }) =>
    status === 'OK' ? price?.amount : status,
  );

describe('quoteOffers', () => {
  it('tells price, form and terms of a line', async () => {
    const fishery = await market.supplier('fishery', {
      minimum_amount: '500',
      minimum_is_hard: true,
      delivery_fee: '99.5',
      delivery_free_from: '1000',
      cut_off_time: '15:00',
    });
    await market.insert('delivery_windows', { supplier_id: fishery, weekday: 2, from_time: '06:00', to_time: '09:00' });
    const cod = await market.offer(fishery, 'COD-5', '249.5', {
      gtin: '07310865004703',
      stock: '12',
      lead_time_days: 1,
    });

    const { suppliers, lines } = await quote(bistro, [[cod, '2']]);

    expect(lines).toEqual([
      {
        key: '0',
        offerId: cod,
        status: 'OK',
        supplierId: fishery,
        supplierSku: 'COD-5',
        productSku: null,
        gtin: '07310865004703',
        name: 'COD-5',
        unit: 'box',
        baseUnit: 'KILOGRAM',
        packSize: '5',
        multiple: '1',
        minimumQuantity: '1',
        price: { amount: '249.5', currency: 'SEK' },
        taxRate: '12.00',
        taxIncluded: false,
        catchWeight: false,
        leadTimeDays: 1,
        available: '12',
      },
    ]);
    expect(suppliers).toMatchObject([
      {
        id: fishery,
        organizationId: organizationIds.fishery,
        isHouse: false,
        name: 'fishery',
        currency: 'SEK',
        minimum: { amount: '500.00', hard: true },
        delivery: { fee: '99.50', freeFrom: '1000.00' },
        timeZone: 'Europe/Stockholm',
        cancelUntil: 'CUT_OFF',
        hasDeliveryDays: true,
      },
    ]);
    expect(suppliers[0].days).toHaveLength(14);
    expect(suppliers[0].days.slice(0, 2)).toEqual([
      { on: '2026-11-24', from: '06:00', to: '09:00', cutOffAt: '2026-11-23T14:00:00.000Z' },
      { on: '2026-12-01', from: '06:00', to: '09:00', cutOffAt: '2026-11-30T14:00:00.000Z' },
    ]);
  });

  it('gives each buyer its own price, and none another’s', async () => {
    const fishery = await market.supplier('fishery');
    const harbour = await market.group(fishery, 'Harbour', organizationIds.bistro);
    const cod = await market.offer(fishery, 'COD', '100');
    const eel = await market.offer(fishery, 'EEL', null);
    await market.price(cod, '90', { scope: 'GROUP', group_id: harbour });
    await market.price(cod, '80', { scope: 'GROUP', group_id: harbour, from_quantity: '10' });
    await market.price(cod, '95', { scope: 'CUSTOMER', organization_id: organizationIds.tavern });
    await market.price(eel, '300', { scope: 'CUSTOMER', organization_id: organizationIds.tavern });
    const lines: Lines = [
      [cod, '1'],
      [cod, '10'],
      [eel, '1'],
    ];

    expect(await pricesOf(bistro, lines)).toEqual(['90', '80', 'NO_PRICE']);
    expect(await pricesOf(tavern, lines)).toEqual(['95', '95', '300']);
  });

  it('offers the shop’s own goods to everybody, from the catalogue and the stock', async () => {
    market.goods.push(
      { sku: 'TEA', name: 'Чай', price: { amount: '120.00', currency: 'RUB' }, available: '7', barcode: '4600' },
      { sku: 'Fish', unit: 'кг.', price: { amount: '900.00', currency: 'RUB' }, available: '1.25' },
      { sku: 'GONE', isAvailable: false, price: { amount: '1.00', currency: 'RUB' }, available: '0' },
      { sku: 'FREE', available: '4' },
    );
    const lines: Lines = ['house:TEA', 'house:Fish', 'house:GONE', 'house:FREE', 'house:NONE'].map((id) => [id, '1']);

    const { suppliers, lines: quoted } = await quote(person, lines);

    expect(quoted.map(({ status }: { status: string }) => status)).toEqual([
      'OK',
      'OK',
      'NOT_AVAILABLE',
      'NO_PRICE',
      'UNKNOWN_OFFER',
    ]);
    expect(quoted[0]).toMatchObject({
      supplierId: houseId,
      productSku: 'TEA',
      name: 'Чай',
      baseUnit: 'PIECE',
      packSize: '1',
      multiple: '1',
      price: { amount: '120.00', currency: 'RUB' },
      taxIncluded: true,
      available: '7',
    });
    expect(quoted[1]).toMatchObject({ baseUnit: 'KILOGRAM', multiple: '0.001', catchWeight: true, available: '1.25' });
    expect(suppliers).toMatchObject([{ id: houseId, isHouse: true, hasDeliveryDays: false, days: [] }]);
    expect(await pricesOf(null, [['house:TEA', '1']])).toEqual(['120.00']);
  });

  it('sells what suppliers offer to organizations alone', async () => {
    const cod = await market.offer(await market.supplier('fishery'), 'COD', '100');
    const hidden = { key: '0', offerId: cod, status: 'NOT_FOR_THIS_BUYER' };

    expect(await quote(person, [[cod, '1']])).toEqual({ suppliers: [], lines: [hidden] });
    expect(await quote(null, [[cod, '1']])).toEqual({ suppliers: [], lines: [hidden] });
  });

  it('says what cannot be had at the moment', async () => {
    const fishery = await market.supplier('fishery');
    const resting = await market.supplier('dairy', { is_active: false });
    const { now } = market.clock;
    const later = new Date(now + 3_600_000);
    const offers = [
      await market.offer(fishery, 'OFF', '1', { is_available: false }),
      await market.offer(fishery, 'OUT', '1', { stock: '0' }),
      await market.offer(fishery, 'REMOVED', '1', { removed_at: new Date(now) }),
      await market.offer(fishery, 'BACK-LATER', '1', { is_available: false, availability_until: later }),
      await market.offer(fishery, 'SEASON-ENDS', '1', { availability_until: later }),
      await market.offer(resting, 'MILK', '1'),
    ];
    const lines: Lines = offers.map((id) => [id, '1']);
    const no = 'NOT_AVAILABLE';

    expect(await pricesOf(bistro, lines)).toEqual([no, no, no, no, '1', no]);
    market.clock.now = later.getTime();
    expect(await pricesOf(bistro, lines)).toEqual([no, no, no, '1', no, no]);
  });

  it('costs the same few statements for five hundred lines as for one', async () => {
    const fishery = await market.supplier('fishery');
    const ids: string[] = [];
    for (let place = 0; place < 30; place += 1) ids.push(await market.offer(fishery, `F-${place}`, '10'));
    market.subgraph.statements();
    await quote(bistro, [[ids[0] ?? '', '1']]);
    const forOne = market.subgraph.statements().length;

    const { lines } = await quote(
      bistro,
      Array.from({ length: 500 }, (_, place) => [ids[place % 30] ?? '', '1']),
    );

    expect(lines).toHaveLength(500);
    expect(market.subgraph.statements()).toHaveLength(forOne);
    expect(forOne).toBe(3);
  });

  it.each([{ buyer: null, lines: [] }, { buyer: { kind: 'CROWD', id: 'x' }, lines: [] }, 'nonsense'])(
    'refuses what is no request: %j',
    async (input) => {
      const { errors } = await market.execute('query ($input: JSON!) { quoteOffers(input: $input) }', { input });

      expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    },
  );

  it('says so when the catalogue does not answer', async () => {
    const trouble = new DomainError('SUBGRAPH_TIMEOUT', 'The catalog subgraph did not answer within 10 ms.');
    market.goods.push({
      sku: 'TEA',
      get name(): string {
        throw trouble;
      },
    });

    const input = { buyer: null, lines: [{ key: '', offerId: 'house:TEA', quantity: '1' }] };
    const { errors } = await market.execute('query ($input: JSON!) { quoteOffers(input: $input) }', { input });

    expect(errors?.[0]?.extensions?.code).toBe('SUBGRAPH_TIMEOUT');
  });
});

describe('the directory of suppliers', () => {
  it('names suppliers by id and by organization', async () => {
    const fishery = await market.supplier('fishery');
    const entry = { id: fishery, name: 'fishery', organizationId: organizationIds.fishery, isHouse: false };
    const house = { id: houseId, name: 'Gastronom', organizationId: null, isHouse: true };
    const query = `query ($ids: [ID!]!, $known: ID!, $unknown: ID!) {
      supplierDirectory(ids: $ids) known: supplierOfOrganization(organizationId: $known)
      unknown: supplierOfOrganization(organizationId: $unknown)
    }`;

    const answer = await market.ask(query, {
      ids: [fishery, houseId, organizationIds.tavern, 'nonsense'],
      known: organizationIds.fishery,
      unknown: organizationIds.bistro,
    });

    expect(answer.supplierDirectory).toEqual(expect.arrayContaining([entry, house]));
    expect(answer.supplierDirectory).toHaveLength(2);
    expect(answer).toMatchObject({ known: entry, unknown: null });
  });

  it.each(['anonymous', 'customer', 'bistro', 'fisher', 'staff', 'admin', 'service'] as const)(
    'is not for %s, nor are quotes',
    async (viewer) => {
      const query = `{ supplierDirectory(ids: []) }`;
      const { errors } = await market.execute(query, {}, people[viewer]);
      const quoted = await market.execute('{ quoteOffers(input: {}) }', {}, people[viewer]);

      expect([errors, quoted.errors].map((each) => each?.[0]?.extensions?.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    },
  );
});
