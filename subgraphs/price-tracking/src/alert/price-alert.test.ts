import { createTestSubgraph, type TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { priceTracking } from '../subgraph.ts';
import { PriceWatcher } from '../testing/price-watcher.ts';
import { people } from '../testing/watchers.ts';

let graph: TestSubgraph;
let watcher: PriceWatcher;
let productId: string;
let urlId: string;

const alert = 'id kind scope targetPrice { amount currencyCode } dropPercent days isEnabled snoozedUntil';
const payload = `alert { ${alert} } userErrors { code field }`;
const operations = {
  create: `mutation ($input: CreatePriceAlertInput!) { answer: createPriceAlert(input: $input) { ${payload} } }`,
  update: `mutation ($input: UpdatePriceAlertInput!) { answer: updatePriceAlert(input: $input) { ${payload} } }`,
  snooze: `mutation ($id: ID!, $until: DateTime) { answer: snoozePriceAlert(id: $id, until: $until) { ${payload} } }`,
  delete: 'mutation ($id: ID!) { answer: deletePriceAlert(id: $id) { deletedAlertId userErrors { code field } } }',
  list: `query ($productId: ID, $first: Int, $after: String) {
    answer: priceAlerts(productId: $productId, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { ${alert} product { id } } } }`,
  raised: `query ($productId: ID, $first: Int, $after: String) {
    answer: raisedPriceAlerts(productId: $productId, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes {
        kind days price { amount currencyCode } previousPrice { amount } referencePrice { amount }
        alert { id } product { name } trackedUrl { id } } } }`,
  product: `query ($id: ID!) { answer: trackedProduct(id: $id) { alerts { ${alert} } } }`,
} as const;

async function ask(
  operation: keyof typeof operations,
  variables: object,
  viewer: Viewer = watcher.viewer,
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
): Promise<any> {
  const { data, errors } = await graph.execute(operations[operation], { ...variables }, viewer);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.answer;
}
const create = (input: object, viewer?: Viewer) => ask('create', { input: { productId, ...input } }, viewer);

beforeAll(async () => {
  graph = await createTestSubgraph(priceTracking);
});
beforeEach(async () => {
  watcher = new PriceWatcher(graph);
  productId = await watcher.product('Coffee', 'USD 90');
  urlId = await watcher.page(productId, await watcher.store());
});
afterAll(() => graph.close());

describe('an alert', () => {
  it('is made, changed, and shown with its product and in the list', async () => {
    const { alert: made, userErrors } = await create({ kind: 'DROP_PERCENT', dropPercent: 12.5, days: 30 });
    const target = { amount: '85.5', currencyCode: 'EUR' };
    const { alert: other } = await create({ kind: 'BELOW_TARGET', targetPrice: target, scope: 'PRIMARY_URL' });

    const changed = await ask('update', { input: { id: made.id, days: null, isEnabled: false } });

    expect(userErrors).toEqual([]);
    const drop = { kind: 'DROP_PERCENT', scope: 'ANY_URL', targetPrice: null, dropPercent: 12.5, snoozedUntil: null };
    expect(made).toEqual({ ...drop, id: made.id, days: 30, isEnabled: true });
    expect(changed).toEqual({ alert: { ...drop, id: made.id, days: null, isEnabled: false }, userErrors: [] });
    expect(other).toMatchObject({ scope: 'PRIMARY_URL', targetPrice: { amount: '85.50', currencyCode: 'EUR' } });
    expect((await ask('product', { id: productId })).alerts).toEqual([changed.alert, other]);
    const first = await ask('list', { first: 1 });
    const rest = await ask('list', { first: 1, after: first.pageInfo.endCursor });
    expect([first.totalCount, first.nodes, rest.nodes, rest.pageInfo.hasNextPage]).toEqual([
      2,
      [{ ...other, product: { id: productId } }],
      [{ ...changed.alert, product: { id: productId } }],
      false,
    ]);
    expect((await ask('list', { productId: 'x' })).nodes).toEqual([]);
  });

  it.each([
    [{ kind: 'DROP_PERCENT' }, 'REQUIRED', 'dropPercent'],
    [{ kind: 'DROP_PERCENT', dropPercent: 0 }, 'OUT_OF_RANGE', 'dropPercent'],
    [{ kind: 'DROP_PERCENT', dropPercent: 100.5 }, 'OUT_OF_RANGE', 'dropPercent'],
    [{ kind: 'DROP_PERCENT', dropPercent: 1.005 }, 'OUT_OF_RANGE', 'dropPercent'],
    [{ kind: 'DROP_PERCENT', dropPercent: 5, days: 366 }, 'OUT_OF_RANGE', 'days'],
    [{ kind: 'LOWEST_IN_DAYS' }, 'REQUIRED', 'days'],
    [{ kind: 'LOWEST_IN_DAYS', days: 0 }, 'OUT_OF_RANGE', 'days'],
    [{ kind: 'ANY_CHANGE', days: 3 }, 'NOT_FOR_KIND', 'days'],
    [{ kind: 'BACK_IN_STOCK', dropPercent: 3 }, 'NOT_FOR_KIND', 'dropPercent'],
    [{ kind: 'ANY_CHANGE', targetPrice: { amount: '1', currencyCode: 'EUR' } }, 'NOT_FOR_KIND', 'targetPrice'],
    [{ kind: 'BELOW_TARGET', targetPrice: { amount: '0', currencyCode: 'EUR' } }, 'OUT_OF_RANGE', 'targetPrice'],
    [{ kind: 'BELOW_TARGET', targetPrice: { amount: '1', currencyCode: 'ZZZ' } }, 'BAD_CURRENCY', 'targetPrice'],
    [{ kind: 'ANY_CHANGE', productId: '00000000-0000-4000-8000-000000000001' }, 'NOT_FOUND', 'productId'],
  ])('is refused where it makes no sense: %j', async (input, code, field) => {
    expect(await create(input)).toEqual({ alert: null, userErrors: [{ code, field: ['input', field] }] });
    expect((await ask('list', {})).totalCount).toBe(0);
  });

  it('of a target needs one, and a product has 20 alerts at most', async () => {
    const bare = await watcher.product('Tea');
    const without = await create({ productId: bare, kind: 'BELOW_TARGET' });
    for (let i = 0; i < 20; i += 1) await watcher.rule(productId, { kind: 'ANY_CHANGE' });

    expect(without.userErrors).toEqual([{ code: 'NO_TARGET', field: ['input', 'targetPrice'] }]);
    expect((await create({ kind: 'ANY_CHANGE' })).userErrors[0].code).toBe('TOO_MANY');
  });

  it('is made for the target of a product, unless there is one', async () => {
    const query = `mutation ($input: CreateTrackedProductInput!) {
      createTrackedProduct(input: $input) { product { id alerts { kind isEnabled } } } }`;
    const change = `mutation ($input: UpdateTrackedProductInput!) {
      updateTrackedProduct(input: $input) { product { alerts { kind isEnabled } } } }`;
    const targetPrice = { amount: '5', currencyCode: 'EUR' };
    const { viewer } = watcher;

    const made = await graph.execute(query, { input: { name: 'Tea', targetPrice } }, viewer);
    const bare = await graph.execute(query, { input: { name: 'Rice' } }, viewer);
    const { id } = bare.data.createTrackedProduct.product;
    const later = await graph.execute(change, { input: { id, targetPrice } }, viewer);
    await graph.execute(change, { input: { id, targetPrice: null } }, viewer);
    const again = await graph.execute(change, { input: { id, targetPrice } }, viewer);

    const alerts = [{ kind: 'BELOW_TARGET', isEnabled: true }];
    expect(made.data.createTrackedProduct.product.alerts).toEqual(alerts);
    expect(bare.data.createTrackedProduct.product.alerts).toEqual([]);
    expect([later, again].map(({ data }) => data.updateTrackedProduct.product.alerts)).toEqual([alerts, alerts]);
  });

  it('does not exist for others, but for admins', async () => {
    const { alert: made } = await create({ kind: 'ANY_CHANGE' });
    const notFound = (field: string[]) => [{ code: 'NOT_FOUND', field }];

    for (const stranger of [people.anna, people.staff]) {
      expect((await create({ kind: 'ANY_CHANGE' }, stranger)).userErrors).toEqual(notFound(['input', 'productId']));
      const changed = await ask('update', { input: { id: made.id, isEnabled: false } }, stranger);
      expect(changed.userErrors).toEqual(notFound(['input', 'id']));
      expect((await ask('snooze', { id: made.id }, stranger)).userErrors).toEqual(notFound(['id']));
      expect((await ask('delete', { id: made.id }, stranger)).userErrors).toEqual(notFound(['id']));
      expect((await ask('list', { productId }, stranger)).nodes).toEqual([]);
      expect((await ask('raised', { productId }, stranger)).nodes).toEqual([]);
    }
    expect((await ask('product', { id: productId })).alerts).toEqual([made]);
    const { alert: off } = await ask('update', { input: { id: made.id, isEnabled: false } }, people.admin);
    expect(off).toEqual({ ...made, isEnabled: false });
  });

  it('is snoozed until a moment to come, woken, and deleted', async () => {
    const { alert: made } = await create({ kind: 'ANY_CHANGE' });
    const until = new Date(Date.now() + 86_400_000).toISOString();

    const snoozed = await ask('snooze', { id: made.id, until });
    const past = await ask('snooze', { id: made.id, until: '2020-01-01T00:00:00Z' });
    const awake = await ask('snooze', { id: made.id });

    expect(snoozed.alert.snoozedUntil).toBe(until);
    expect(past).toEqual({ alert: null, userErrors: [{ code: 'NOT_IN_FUTURE', field: ['until'] }] });
    expect(awake.alert).toEqual(made);
    expect(await ask('delete', { id: made.id })).toEqual({ deletedAlertId: made.id, userErrors: [] });
    expect((await ask('delete', { id: made.id })).userErrors[0].code).toBe('NOT_FOUND');
  });
});

describe('alerts that were raised', () => {
  it('are listed with what they were held against, also when the rule is gone', async () => {
    const { alert: made } = await create({ kind: 'BELOW_TARGET' });
    const { alert: gone } = await create({ kind: 'DROP_PERCENT', dropPercent: 5 });
    await watcher.look([[urlId, 'USD 100']]);
    await watcher.look([[urlId, 'USD 89.5']]);
    await ask('delete', { id: gone.id });

    const { totalCount, nodes } = await ask('raised', { productId });

    const common = {
      ...{ days: null, price: { amount: '89.50', currencyCode: 'USD' }, previousPrice: { amount: '100.00' } },
      ...{ product: { name: 'Coffee' }, trackedUrl: { id: urlId } },
    };
    expect(totalCount).toBe(2);
    expect(nodes.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['BELOW_TARGET', 'DROP_PERCENT']);
    expect(nodes).toEqual(
      expect.arrayContaining([
        { ...common, kind: 'BELOW_TARGET', referencePrice: { amount: '90.00' }, alert: { id: made.id } },
        { ...common, kind: 'DROP_PERCENT', referencePrice: { amount: '100.00' }, alert: null },
      ]),
    );
  });

  it('and alerts cost as many statements, however long their lists are', async () => {
    const costs: number[] = [];
    for (const more of [1, 8]) {
      for (let i = 0; i < more; i += 1) {
        const product = await watcher.product('Tea');
        const page = await watcher.page(product, await watcher.store());
        await watcher.rule(product, { kind: 'ANY_CHANGE' });
        await watcher.look([[page, 'USD 1']]);
        await watcher.look([[page, 'USD 2']]);
      }
      graph.statements();
      await ask('list', {});
      await ask('raised', {});
      costs.push(graph.statements().length);
    }

    expect(costs[1]).toBe(costs[0]);
  });
});
