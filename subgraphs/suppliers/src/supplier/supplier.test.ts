import { randomUUID } from 'node:crypto';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Marketplace, organizationIds, people } from '../testing/marketplace.ts';
import { houseId } from './supplier.entity.ts';

let market: Marketplace;

const directory = [
  { id: organizationIds.fishery, name: 'Fishery', type: 'SUPPLIER' },
  { id: organizationIds.bistro, name: 'Bistro', type: 'RESTAURANT' },
];
const accounts = fakeSubgraph(async ({ variables }) => {
  const ids = (variables?.ids ?? []) as string[];
  return { data: { organizationDirectory: directory.filter(({ id }) => ids.includes(id)) } };
});

beforeAll(async () => {
  market = await Marketplace.open({ peers: { accounts } });
});
afterEach(() => market.empty());
afterAll(() => market.close());

type Person = keyof typeof people;
const mutate = async (name: string, type: string, input: object, person: Person) => {
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) {
    supplier { id name currency timeZone isActive minimumOrder { amount currencyCode } minimumIsHard
      deliveryFee { amount } deliveryFreeFrom { amount } cutOffDays cutOffTime cancelUntil }
    userErrors { code field }
  } }`;
  return (await market.ask(query, { input }, people[person]))[name];
};
const create = (input: object, person: Person) => mutate('createSupplier', 'CreateSupplierInput', input, person);
const update = (input: object, person: Person) => mutate('updateSupplier', 'UpdateSupplierInput', input, person);
const setDays = (input: object, person: Person) => mutate('setDeliveryDays', 'SetDeliveryDaysInput', input, person);
const rows = () => market.subgraph.ownerQuery('SELECT * FROM suppliers.suppliers ORDER BY id');
const audited = async () => {
  const sql = "SELECT data->>'action' AS action FROM jobs.job WHERE name = 'record-audit' ORDER BY created_on";
  return (await market.subgraph.ownerQuery<{ action: string }>(sql)).map(({ action }) => action);
};

describe('createSupplier', () => {
  it('registers the organization of an ADMIN, once, with the terms given', async () => {
    const input = {
      name: ' Fisk AB ',
      currency: 'SEK',
      timeZone: 'Europe/Stockholm',
      minimumAmount: '500',
      minimumIsHard: true,
      deliveryFee: '99',
      deliveryFreeFrom: '1500',
      cutOffTime: '15:00',
      cancelUntil: 'CONFIRMED',
    };

    const { supplier, userErrors } = await create(input, 'fisher');

    expect(userErrors).toEqual([]);
    expect(supplier).toEqual({
      id: expect.any(String),
      name: 'Fisk AB',
      currency: 'SEK',
      timeZone: 'Europe/Stockholm',
      isActive: true,
      minimumOrder: { amount: '500.00', currencyCode: 'SEK' },
      minimumIsHard: true,
      deliveryFee: { amount: '99.00' },
      deliveryFreeFrom: { amount: '1500.00' },
      cutOffDays: 1,
      cutOffTime: '15:00',
      cancelUntil: 'CONFIRMED',
    });
    expect((await market.ask('{ mySupplier { id } }', {}, people.fishHand)).mySupplier).toEqual({ id: supplier.id });
    expect((await create({ name: 'Again' }, 'fisher')).userErrors).toMatchObject([{ code: 'ALREADY_REGISTERED' }]);
    expect(await audited()).toContain('supplier.create');
  });

  it('is for admins with any organization of the type SUPPLIER', async () => {
    const of = (organizationId: string) => create({ name: 'Fisk', organizationId }, 'admin');

    expect((await of(organizationIds.bistro)).userErrors).toMatchObject([{ code: 'NOT_A_SUPPLIER' }]);
    expect((await of(organizationIds.tavern)).userErrors).toMatchObject([{ code: 'NOT_A_SUPPLIER' }]);
    expect((await of(organizationIds.fishery)).userErrors).toEqual([]);
  });

  it.each([
    ['fishHand', {}],
    ['milkmaid', { organizationId: organizationIds.fishery }],
    ['staff', { organizationId: organizationIds.fishery }],
  ] as const)('is refused to %s', async (person, more) => {
    const before = await rows();

    expect((await create({ name: 'Fisk', ...more }, person)).userErrors).toMatchObject([{ code: 'NOT_A_SUPPLIER' }]);
    expect(await rows()).toEqual(before);
  });

  it.each(['anonymous', 'customer', 'bistro', 'service'] as const)('is not for %s', async (person) => {
    const query = 'mutation { createSupplier(input: { name: "Fisk" }) { userErrors { code } } }';

    const { errors } = await market.execute(query, {}, people[person]);

    expect(errors?.[0]?.extensions?.code).toBe(person === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  });

  it.each([
    [{ name: ' ' }, 'BAD_NAME', 'name'],
    [{ name: 'a\0' }, 'BAD_NAME', 'name'],
    [{ currency: 'KRONA' }, 'BAD_CURRENCY', 'currency'],
    [{ timeZone: 'Sweden/North' }, 'UNKNOWN_TIME_ZONE', 'timeZone'],
    [{ cutOffTime: '24:00' }, 'BAD_TIME', 'cutOffTime'],
    [{ cutOffDays: 15 }, 'OUT_OF_RANGE', 'cutOffDays'],
    [{ taxRate: '100.01' }, 'OUT_OF_RANGE', 'taxRate'],
    [{ minimumAmount: '0' }, 'OUT_OF_RANGE', 'minimumAmount'],
    [{ deliveryFee: '-1' }, 'OUT_OF_RANGE', 'deliveryFee'],
    [{ deliveryFreeFrom: '100' }, 'FEE_MISSING', 'deliveryFreeFrom'],
    [{ websiteUrl: 'javascript:alert(1)' }, 'BAD_URL', 'websiteUrl'],
    [{ email: 'fish' }, 'BAD_EMAIL', 'email'],
    [{ description: 'x'.repeat(5_001) }, 'TOO_LONG', 'description'],
  ])('refuses %j', async (more, code, field) => {
    const before = await rows();

    const { userErrors } = await create({ name: 'Fisk', ...more }, 'fisher');

    expect(userErrors).toEqual([{ code, field: ['input', field] }]);
    expect(await rows()).toEqual(before);
  });
});

describe('updateSupplier', () => {
  it('changes what is said, empties what is null, and leaves the rest', async () => {
    const id = await market.supplier('fishery', { minimum_amount: '500', phone: '08' });

    const { supplier } = await update({ id, minimumAmount: null, name: null, isActive: false }, 'fisher');

    expect(supplier).toMatchObject({ name: 'fishery', minimumOrder: null, isActive: false });
    expect(await market.subgraph.ownerQuery('SELECT phone FROM suppliers.suppliers WHERE id = $1', [id])).toEqual([
      { phone: '08' },
    ]);
  });

  it('keeps the currency once there are prices', async () => {
    const id = await market.supplier('fishery');
    expect((await update({ id, currency: 'EUR' }, 'fisher')).supplier.currency).toBe('EUR');
    await market.offer(id, 'COD', '10');

    expect((await update({ id, currency: 'SEK' }, 'fisher')).userErrors).toMatchObject([{ code: 'CURRENCY_IN_USE' }]);
  });

  it('of the house is for staff, of a supplier for its ADMINs and admins; others find nothing', async () => {
    const id = await market.supplier('fishery');
    const codes = async (of: string, person: Person) =>
      (await update({ id: of, description: person }, person)).userErrors.map(({ code }: { code: string }) => code);

    expect(await codes(houseId, 'staff')).toEqual([]);
    expect(await codes(id, 'admin')).toEqual([]);
    expect(await codes(id, 'fisher')).toEqual([]);
    const before = await rows();
    for (const person of ['fishHand', 'milkmaid', 'staff'] as const)
      expect(await codes(id, person)).toEqual(['NOT_FOUND']);
    expect(await codes(houseId, 'fisher')).toEqual(['NOT_FOUND']);
    expect(await codes('nonsense', 'admin')).toEqual(['NOT_FOUND']);
    expect(await rows()).toEqual(before);
  });
});

describe('setDeliveryDays', () => {
  const windows = [
    { weekday: 2, from: '06:00', to: '09:00' },
    { weekday: 5, from: '06:00', to: '09:00', cutOffDays: 2, cutOffTime: '10:00' },
  ];
  const exceptions = [
    { on: '2026-11-24', isClosed: true, note: 'Stocktaking' },
    { on: '2026-11-28', isClosed: false, from: '10:00', to: '12:00' },
  ];
  const shown = `{ deliveryWindows { weekday from to cutOffDays cutOffTime } deliveryExceptions { on isClosed from to note }
    nextDeliveries(count: 3) { on from to cutOffAt } }`;

  it('sets the week and the exceptions, and the next deliveries follow', async () => {
    const id = await market.supplier('fishery', { cut_off_time: '15:00' });

    expect((await setDays({ supplierId: id, windows, exceptions }, 'fisher')).userErrors).toEqual([]);

    const { supplier } = await market.ask(`query ($id: ID!) { supplier(id: $id) ${shown} }`, { id }, people.anonymous);
    expect(supplier).toEqual({
      deliveryWindows: [
        { ...windows[0], cutOffDays: null, cutOffTime: null },
        { ...windows[1], cutOffDays: 2, cutOffTime: '10:00' },
      ],
      deliveryExceptions: [
        { on: '2026-11-24', isClosed: true, from: null, to: null, note: 'Stocktaking' },
        { on: '2026-11-28', isClosed: false, from: '10:00', to: '12:00', note: null },
      ],
      nextDeliveries: [
        { on: '2026-11-27', from: '06:00', to: '09:00', cutOffAt: '2026-11-25T09:00:00.000Z' },
        { on: '2026-11-28', from: '10:00', to: '12:00', cutOffAt: '2026-11-27T14:00:00.000Z' },
        { on: '2026-12-01', from: '06:00', to: '09:00', cutOffAt: '2026-11-30T14:00:00.000Z' },
      ],
    });
    expect(await audited()).toContain('delivery-days.set');

    await setDays({ supplierId: id, windows: [] }, 'fisher');
    const later = await market.ask(`query ($id: ID!) { supplier(id: $id) ${shown} }`, { id }, people.anonymous);
    expect(later.supplier.deliveryWindows).toEqual([]);
    expect(later.supplier.deliveryExceptions).toHaveLength(2);
  });

  it.each([
    [{ windows: [{ weekday: 8, from: '06:00', to: '09:00' }] }, 'OUT_OF_RANGE'],
    [{ windows: [{ weekday: 1, from: '6', to: '09:00' }] }, 'BAD_TIME'],
    [{ windows: [{ weekday: 1, from: '09:00', to: '06:00' }] }, 'BAD_WINDOW'],
    [{ windows: [windows[0], { weekday: 2, from: '08:59', to: '10:00' }] }, 'BAD_WINDOW'],
    [{ windows: [{ ...windows[0], cutOffDays: -1 }] }, 'OUT_OF_RANGE'],
    [{ exceptions: [{ on: '2026-02-30', isClosed: true }] }, 'BAD_DATE'],
    [{ exceptions: [{ on: '2026-11-24', isClosed: false }] }, 'BAD_TIME'],
    [{ exceptions: [exceptions[0], exceptions[0]] }, 'BAD_DATE'],
    [{ exceptions: Array(201).fill(exceptions[0]) }, 'TOO_MANY'],
  ])('refuses %j', async (more, code) => {
    const supplierId = await market.supplier('fishery');

    const { userErrors } = await setDays({ supplierId, ...more }, 'fisher');

    expect(userErrors.map((error: { code: string }) => error.code)).toContain(code);
    expect(await market.subgraph.ownerQuery('SELECT * FROM suppliers.delivery_windows')).toEqual([]);
  });

  it('is not for others’ suppliers', async () => {
    const supplierId = await market.supplier('fishery');

    for (const person of ['milkmaid', 'fishHand', 'staff'] as const)
      expect((await setDays({ supplierId, windows }, person)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

describe('suppliers', () => {
  const list = async (variables: object) => {
    const query = `query ($first: Int, $after: String, $search: String) { suppliers(first: $first, after: $after, search: $search) {
      nodes { name deliveryWindows { weekday } } pageInfo { hasNextPage endCursor } totalCount } }`;
    return (await market.ask(query, { ...variables }, people.anonymous)).suppliers;
  };

  it('are those that trade, by name, page by page, in three statements', async () => {
    for (const name of ['Ål', 'bröd', 'Apelsin', 'Zucchini_1', 'Closed'])
      await market.insert('suppliers', {
        organization_id: randomUUID(),
        name,
        is_active: name !== 'Closed',
      });

    const names: string[] = [];
    for (let after: string | null = null; ; ) {
      const { nodes, pageInfo } = await list({ first: 2, after });
      names.push(...nodes.map(({ name }: { name: string }) => name));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }

    expect(names).toEqual(['Apelsin', 'bröd', 'Gastronom', 'Zucchini_1', 'Ål']);
    market.subgraph.statements();
    expect((await list({ search: 'I_1' })).nodes).toMatchObject([{ name: 'Zucchini_1' }]);
    expect(market.subgraph.statements()).toHaveLength(3);
    expect((await list({ search: '%' })).totalCount).toBe(0);
  });

  it('refuse a cursor that was made up', async () => {
    const after = Buffer.from(JSON.stringify(['suppliers:', 'x', 'y'])).toString('base64url');

    const { errors } = await market.execute(`{ suppliers(after: "${after}") { nodes { id } } }`);

    expect(errors?.[0]?.extensions?.code).toBe('BAD_CURSOR');
  });
});
