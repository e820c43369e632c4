import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Marketplace, organizationIds, people } from '../testing/marketplace.ts';

let market: Marketplace;
let fishery: string;

const directory = [
  { id: organizationIds.bistro, name: 'Bistro', type: 'RESTAURANT' },
  { id: organizationIds.tavern, name: 'Tavern', type: 'RESTAURANT' },
  { id: organizationIds.dairy, name: 'Dairy', type: 'SUPPLIER' },
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
const save = async (input: object, person: Person = 'fishHand') => {
  const query = `mutation ($input: SaveCustomerGroupInput!) { saveCustomerGroup(input: $input) { group { id name organizationIds } userErrors { code } } }`;
  return (await market.ask(query, { input }, people[person])).saveCustomerGroup;
};
const setPrices = async (input: object, person: Person = 'fishHand') => {
  const query = `mutation ($input: SetOfferPricesInput!) { setOfferPrices(input: $input) {
    offer { prices { scope fromQuantity price { amount } } } userErrors { code field } } }`;
  return (await market.ask(query, { input }, people[person])).setOfferPrices;
};
const groupsSeenBy = async (person: Person) => {
  const query = 'query ($id: ID!) { supplier(id: $id) { customerGroups { name organizationIds } } }';
  return (await market.ask(query, { id: fishery }, people[person])).supplier.customerGroups;
};

describe('a group of customers', () => {
  it('is made, changed and deleted by who sells, and seen by nobody else', async () => {
    fishery = await market.supplier('fishery');
    const { group } = await save({ name: ' Harbour ', organizationIds: [organizationIds.bistro] });
    expect(group).toMatchObject({ name: 'Harbour', organizationIds: [organizationIds.bistro] });

    await save({ id: group.id, organizationIds: [organizationIds.tavern, organizationIds.bistro] });
    expect(await groupsSeenBy('fisher')).toEqual([
      { name: 'Harbour', organizationIds: [organizationIds.bistro, organizationIds.tavern] },
    ]);
    for (const person of ['anonymous', 'bistro', 'milkmaid', 'staff', 'offersKey'] as const)
      expect(await groupsSeenBy(person)).toBeNull();

    const offer = await market.offer(fishery, 'COD', '100');
    await market.price(offer, '90', { scope: 'GROUP', group_id: group.id });
    const remove = `mutation { deleteCustomerGroup(id: "${group.id}") { userErrors { code } } }`;
    expect(await market.ask(remove, {}, people.milkmaid)).toEqual({
      deleteCustomerGroup: { userErrors: [{ code: 'NOT_FOUND' }] },
    });
    expect(await market.ask(remove, {}, people.fisher)).toEqual({ deleteCustomerGroup: { userErrors: [] } });
    expect(await groupsSeenBy('fisher')).toEqual([]);
    expect(await market.subgraph.ownerQuery('SELECT scope FROM suppliers.offer_prices')).toEqual([{ scope: 'LIST' }]);
  });

  it.each([
    [{ name: '' }, 'BAD_NAME'],
    [{}, 'BAD_NAME'],
    [{ name: 'HARBOUR' }, 'NAME_TAKEN'],
    [{ name: 'x', organizationIds: [organizationIds.dairy] }, 'UNKNOWN_CUSTOMER'],
    [{ name: 'x', organizationIds: ['nonsense'] }, 'UNKNOWN_CUSTOMER'],
    [{ id: 'nonsense', name: 'x' }, 'NOT_FOUND'],
  ])('is refused: %j', async (input, code) => {
    fishery = await market.supplier('fishery');
    await market.group(fishery, 'Harbour');

    expect(await save(input)).toEqual({ group: null, userErrors: [{ code }] });
    expect(await groupsSeenBy('fisher')).toHaveLength(1);
  });
});

describe('setOfferPrices', () => {
  it('puts prices in the place of all that were there, and tells the audit log both', async () => {
    fishery = await market.supplier('fishery');
    const offerId = await market.offer(fishery, 'COD', '100');
    const groupId = await market.group(fishery, 'Harbour');
    const prices = [
      { amount: '110' },
      { amount: '95.5', fromQuantity: '10' },
      { amount: '90', groupId },
      { amount: '80', organizationId: organizationIds.tavern, validFrom: '2026-01-01T00:00:00Z' },
    ];

    const { offer, userErrors } = await setPrices({ offerId, prices });

    expect(userErrors).toEqual([]);
    expect(
      offer.prices.map((price: { scope: string; price: { amount: string } }) => [price.scope, price.price.amount]),
    ).toEqual([
      ['LIST', '110.00'],
      ['LIST', '95.50'],
      ['GROUP', '90.00'],
      ['CUSTOMER', '80.00'],
    ]);
    const [audited] = await market.subgraph.ownerQuery<{ data: object }>(
      "SELECT data FROM jobs.job WHERE name = 'record-audit' AND data->>'action' = 'offer-prices.set'",
    );
    expect(audited?.data).toMatchObject({
      subject: { type: 'Offer', id: offerId },
      before: { prices: [{ scope: 'LIST', amount: '100.0000' }] },
      after: {
        prices: [{ amount: '110' }, { amount: '95.5' }, { groupId }, { organizationId: organizationIds.tavern }],
      },
    });
  });

  it('refuses what cannot be, and changes nothing', async () => {
    fishery = await market.supplier('fishery');
    const offerId = await market.offer(fishery, 'COD', '100');
    const others = await market.group(await market.supplier('dairy'), 'Theirs');
    const table: [object, string, string][] = [
      [{ amount: '-1' }, 'OUT_OF_RANGE', 'amount'],
      [{ amount: '1.00001' }, 'OUT_OF_RANGE', 'amount'],
      [{ amount: '1', fromQuantity: '-1' }, 'OUT_OF_RANGE', 'fromQuantity'],
      [{ amount: '1', groupId: others }, 'UNKNOWN_GROUP', 'groupId'],
      [{ amount: '1', organizationId: organizationIds.dairy }, 'UNKNOWN_CUSTOMER', 'organizationId'],
      [{ amount: '1', groupId: others, organizationId: organizationIds.bistro }, 'BAD_SCOPE', 'groupId'],
      [
        { amount: '1', validFrom: '2026-02-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' },
        'BAD_VALIDITY',
        'validUntil',
      ],
    ];

    for (const [price, code, field] of table)
      expect((await setPrices({ offerId, prices: [price] })).userErrors).toEqual([
        { code, field: ['input', 'prices', '0', field] },
      ]);
    const twice = await setPrices({ offerId, prices: [{ amount: '1' }, { amount: '2' }] });
    expect(twice.userErrors).toMatchObject([{ code: 'DUPLICATE' }]);
    for (const person of ['milkmaid', 'staff'] as const)
      expect((await setPrices({ offerId, prices: [] }, person)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await market.subgraph.ownerQuery('SELECT amount FROM suppliers.offer_prices')).toEqual([
      { amount: '100.0000' },
    ]);
  });
});
