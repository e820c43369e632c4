import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryHarness, minutesAgo } from '../testing/inventory-harness.ts';

let shop: InventoryHarness;

beforeAll(async () => {
  shop = await InventoryHarness.open();
  for (const quantity of [5, 4, 3, 2, 1]) {
    await shop.apply(
      [
        ['TEA', String(quantity)],
        ['RICE', '9'],
      ],
      { observedAt: minutesAgo(10 + quantity) },
    );
  }
});
afterAll(() => shop.close());

const query = `query ($first: Int, $after: String) {
  stockLedger(sku: "TEA", first: $first, after: $after) {
    totalCount
    nodes { fromQuantity toQuantity warehouse { name } }
    pageInfo { hasNextPage endCursor }
  }
}`;

describe('the stock ledger', () => {
  it('tells a good’s changes, newest first, page by page', async () => {
    const first = (await shop.ask(query, { first: 3 })).stockLedger;
    const second = (await shop.ask(query, { first: 3, after: first.pageInfo.endCursor })).stockLedger;

    const changes = [...first.nodes, ...second.nodes].map(({ fromQuantity, toQuantity }) => [fromQuantity, toQuantity]);
    expect(changes).toEqual([
      [2, 1],
      [3, 2],
      [4, 3],
      [5, 4],
      [null, 5],
    ]);
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([5, true, false]);
  });

  it('costs two statements with its warehouses', async () => {
    shop.subgraph.statements();

    await shop.ask('{ stockLedger(sku: "TEA") { nodes { toQuantity warehouse { name } } } }');

    expect(shop.subgraph.statements()).toHaveLength(2);
  });

  it.each(['NONE', 'A\0B'])('has nothing of a good never seen: %j', async (sku) => {
    const answer = await shop.ask('query ($sku: String!) { stockLedger(sku: $sku) { totalCount nodes { id } } }', {
      sku,
    });

    expect(answer.stockLedger).toEqual({ totalCount: 0, nodes: [] });
  });

  it.each([
    [{ first: 101 }, 'BAD_USER_INPUT'],
    [{ first: -1 }, 'BAD_USER_INPUT'],
    [{ after: 'made up' }, 'BAD_CURSOR'],
    [{ after: Buffer.from('["stock-ledger","x"]').toString('base64url') }, 'BAD_CURSOR'],
    [{ after: Buffer.from('["warehouses","1"]').toString('base64url') }, 'BAD_CURSOR'],
  ])('refuses %j with %s', async (variables, code) => {
    const { errors } = await shop.subgraph.execute(query, variables, viewers.staff);

    expect(errors?.map((error) => error.extensions?.code)).toEqual([code]);
  });
});
