import { DomainError } from '@gastronom/shared/domain-error';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryHarness, type ShortRow } from '../testing/inventory-harness.ts';
import { smallCatalog } from '../testing/small-catalog.ts';

const dairy = '00000000-0000-4000-8000-00000000da1f';
const query = `query ($buffer: Float!) {
  stockBufferImpact(buffer: $buffer) {
    buffer currentBuffer goods overridden sellable hidden sellableNow hiddenNow wouldHide wouldShow
  }
}`;

describe('the impact of a buffer', () => {
  let shop: InventoryHarness;
  const good = (sku: string, more = {}) => ({ sku, isAvailable: true, categoryPath: [] as string[], ...more });

  beforeAll(async () => {
    const goods = [
      good('NONE'),
      good('NEGATIVE'),
      good('TWO'),
      good('SIX'),
      good('SPLIT'),
      good('OFF-SALE', { isAvailable: false }),
      good('OWN-BUFFER'),
      good('MILK', { categoryPath: [dairy] }),
    ];
    shop = await InventoryHarness.open(smallCatalog(goods, [dairy]));
    const second = await shop.makeWarehouse('002');
    await shop.apply([
      ['NEGATIVE', '-5'],
      ['TWO', '2'],
      ['SIX', '6'],
      ['SPLIT', '4'],
      ['SPLIT', '4', second],
      ['OFF-SALE', '90'],
      ['OWN-BUFFER', '3'],
      ['MILK', '3'],
      ['NOT-IN-CATALOGUE', '90', '1', true],
    ]);
    await shop.ask(
      `mutation { setProductBuffer(input: { sku: "OWN-BUFFER", quantity: 1 }) { userErrors { code } }
         setCategoryBuffer(input: { categoryId: "${dairy}", quantity: 3 }) { userErrors { code } } }`,
    );
  });
  afterAll(() => shop.close());

  const common = { currentBuffer: 5, goods: 8, overridden: 2, sellableNow: 3, hiddenNow: 5 };
  it.each([
    // Sellable: with a buffer of 5 SIX, SPLIT and OWN-BUFFER; TWO joins below 2, SIX and SPLIT leave at 6 and 8.
    [0, { sellable: 4, hidden: 4, wouldHide: 0, wouldShow: 1 }],
    [1.999, { sellable: 4, hidden: 4, wouldHide: 0, wouldShow: 1 }],
    [5, { sellable: 3, hidden: 5, wouldHide: 0, wouldShow: 0 }],
    [6, { sellable: 2, hidden: 6, wouldHide: 1, wouldShow: 0 }],
    [10, { sellable: 1, hidden: 7, wouldHide: 2, wouldShow: 0 }],
  ])('of %d is counted over every good that the catalogue shows', async (buffer, counts) => {
    const { stockBufferImpact } = await shop.ask(query, { buffer });

    expect(stockBufferImpact).toEqual({ buffer, ...common, ...counts });
  });

  it.each([-1, 1_000_001, 0.0005])('of %d is no question', async (buffer) => {
    const { errors } = await shop.subgraph.execute(query, { buffer }, viewers.staff);

    expect(errors?.map((error) => error.extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('the impact over a large catalogue', () => {
  const goods = Array.from({ length: 20_001 }, (_, place) => ({
    sku: `GOOD-${String(place).padStart(6, '0')}`,
    isAvailable: true,
    categoryPath: [],
  }));
  let shop: InventoryHarness;

  beforeAll(async () => {
    shop = await InventoryHarness.open(smallCatalog(goods));
  });
  afterAll(() => shop.close());

  it('is read ten thousand goods at a time, in one statement each', async () => {
    await shop.apply([
      ['GOOD-000000', '9'],
      ['GOOD-009999', '9'],
      ['GOOD-010000', '9'],
      ['GOOD-020000', '9'],
    ] as ShortRow[]);
    shop.subgraph.statements();

    const { stockBufferImpact } = await shop.ask(query, { buffer: 20 });

    expect(stockBufferImpact).toMatchObject({ goods: 20_001, sellableNow: 4, wouldHide: 4, sellable: 0 });
    // One for the buffer of now, one for each of the three pages.
    expect(shop.subgraph.statements()).toHaveLength(4);
  });
});

describe('without a catalogue', () => {
  let shop: InventoryHarness | undefined;
  afterEach(() => shop?.close());

  const failing = (error: Error) => fakeSubgraph(() => Promise.reject(error));

  it.each([
    [
      new DomainError('SUBGRAPH_TIMEOUT', 'The catalog subgraph did not answer within 10 ms.'),
      'SUBGRAPH_TIMEOUT',
      'The catalog subgraph did not answer within 10 ms.',
    ],
    [
      new Error('a secret of ours'),
      'SUBGRAPH_UNAVAILABLE',
      'The catalogue does not answer, and this cannot be said without it.',
    ],
  ])('%s is told as it is', async (error, code, message) => {
    shop = await InventoryHarness.open(failing(error));

    const { errors } = await shop.subgraph.execute(query, { buffer: 1 }, viewers.staff);

    expect(errors?.map((one) => [one.extensions?.code, one.message])).toEqual([[code, message]]);
  });
});
