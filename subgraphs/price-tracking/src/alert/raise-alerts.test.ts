import { createTestSubgraph, type TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { priceTracking } from '../subgraph.ts';
import { alertSequences } from '../testing/alert-sequences.ts';
import { PriceWatcher, type Rule } from '../testing/price-watcher.ts';

let graph: TestSubgraph;
let watcher: PriceWatcher;
const dayMs = 86_400_000;

beforeAll(async () => {
  graph = await createTestSubgraph(priceTracking, { works: false });
  await PriceWatcher.listen(graph);
});
afterAll(() => graph.close());

interface ToldPage {
  readonly price: string;
  readonly currency: string;
  readonly previousPrice: string | null;
  readonly alerts: readonly { readonly kind: string; readonly referencePrice: string | null }[];
}

/** What was told of one product: `USD 90 < 100: BELOW_TARGET 95, DROP_PERCENT 100`. */
async function told(): Promise<string[]> {
  const events = await watcher.heard();
  return events.flatMap(({ products }) =>
    products.flatMap(({ pages }: { pages: ToldPage[] }) =>
      pages.map(({ price, currency, previousPrice, alerts }) => {
        const reasons = alerts.map(({ kind, referencePrice }) => [kind, referencePrice].join(' ').trim());
        return `${currency} ${price} after ${previousPrice ?? 'nothing'}: ${reasons.join(', ')}`;
      }),
    ),
  );
}

const hooks: Readonly<Record<string, (productId: string, words: readonly string[]) => Promise<unknown>>> = {
  async snooze(productId, [days]) {
    await graph.ownerQuery(
      'UPDATE price_tracking.price_alerts SET snoozed_from = $2, snoozed_until = $3 WHERE product_id = $1',
      [productId, new Date(watcher.now), new Date(watcher.now + Number(days) * dayMs)],
    );
  },
  async wait(_, [days]) {
    watcher.now += Number(days) * dayMs;
  },
  target: (productId, [currency, price]) =>
    graph.ownerQuery(
      'UPDATE price_tracking.tracked_products SET target_price = $2, target_currency = $3 WHERE id = $1',
      [productId, price, currency],
    ),
  async enable(productId, [on]) {
    await graph.ownerQuery('UPDATE price_tracking.price_alerts SET is_enabled = $2 WHERE product_id = $1', [
      productId,
      on === 'on',
    ]);
  },
};

/** Plays a sequence; each look is recorded as by a process that has just started. @returns what was told at each step, as `step: what`. */
async function play(rules: readonly Rule[], steps: readonly string[], target: string | null): Promise<string[]> {
  watcher = new PriceWatcher(graph);
  const productId = await watcher.product('Coffee', target);
  const page = await watcher.page(productId, await watcher.store());
  for (const rule of rules) await watcher.rule(productId, rule);
  const all: string[] = [];
  for (const [i, step] of steps.entries()) {
    const [word = '', ...words] = step.split(' ');
    const hook = hooks[word];
    if (hook) await hook(productId, words);
    else await watcher.look([[page, step]]);
    all.push(...(await told()).map((what) => `${i + 1}. ${what}`));
  }
  return all;
}

describe('an alert', () => {
  it.each(alertSequences)('is raised %s', async (...[, rules, steps, expected, target = null]) => {
    expect(await play(rules, steps, target)).toEqual(expected);
  });
});

describe('alerts of a product with several pages', () => {
  it('come as one message, the cheapest first, and those of the primary page from no other', async () => {
    watcher = new PriceWatcher(graph);
    const productId = await watcher.product('Coffee', 'USD 90');
    const [first, second] = [await watcher.store('First'), await watcher.store('Second')];
    const pages = [
      await watcher.page(productId, first),
      await watcher.page(productId, second, false),
      await watcher.page(productId, second, false),
    ] as const;
    await watcher.rule(productId, { kind: 'BELOW_TARGET' });
    await watcher.rule(productId, { kind: 'ANY_CHANGE', scope: 'PRIMARY_URL' });
    await watcher.rule(productId, { kind: 'LOWEST_IN_DAYS', days: 7 });
    await watcher.look(pages.map((page, i) => [page, `USD ${100 + i}`]));
    await watcher.heard();

    await watcher.look([
      [pages[0], 'USD 89'],
      [pages[1], 'USD 88'],
      [pages[2], 'FETCH_ERROR'],
    ]);

    const [event, ...others] = await watcher.heard();
    expect(others).toEqual([]);
    expect(event.products).toMatchObject([
      {
        productId,
        ownerId: watcher.viewer.userId,
        name: 'Coffee',
        pages: [
          {
            urlId: pages[1],
            store: 'Second',
            price: '88',
            previousPrice: '101',
            alerts: [{ kind: 'BELOW_TARGET' }, { kind: 'LOWEST_IN_DAYS', referencePrice: '100', days: 7 }],
          },
          {
            urlId: pages[0],
            store: 'First',
            price: '89',
            previousPrice: '100',
            alerts: [{ kind: 'BELOW_TARGET' }, { kind: 'ANY_CHANGE' }, { kind: 'LOWEST_IN_DAYS' }],
          },
        ],
      },
    ]);
    // Cheaper than it was, but not than the other page.
    await watcher.look([[pages[0], 'USD 88.50']]);
    expect(await told()).toEqual(['USD 88.5 after 89: ANY_CHANGE']);
  });

  it('cost one statement and one event, however many pages and products there are', async () => {
    watcher = new PriceWatcher(graph);
    const store = await watcher.store();
    const pages: string[] = [];
    for (let i = 0; i < 30; i += 1) {
      const productId = await watcher.product(`Tea ${i}`);
      await watcher.rule(productId, { kind: 'ANY_CHANGE' });
      await watcher.rule(productId, { kind: 'LOWEST_IN_DAYS', days: 30 });
      pages.push(await watcher.page(productId, store));
    }
    await watcher.look(pages.map((page) => [page, 'USD 10']));
    await watcher.heard();
    graph.statements();

    await watcher.look(pages.map((page) => [page, 'USD 9']));

    expect(graph.statements().filter((sql) => /price_alert|jobs\.|pgboss/.test(sql)).length).toBeLessThanOrEqual(4);
    const [event, ...others] = await watcher.heard();
    expect([event.products.length, others]).toEqual([30, []]);
  });
});

describe('pages that fail', () => {
  it('are told of once for each row of failures, together for a store and once a day', async () => {
    watcher = new PriceWatcher(graph);
    const [store, other] = [await watcher.store('Contoso'), await watcher.store('Other')];
    const productId = await watcher.product();
    const pages = [
      await watcher.page(productId, store),
      await watcher.page(productId, store, false),
      await watcher.page(productId, other, false),
    ] as const;
    const fail = async (times: number, which: readonly string[]) => {
      for (let i = 0; i < times; i += 1) await watcher.look(which.map((page) => [page, 'FETCH_ERROR']));
      const events = await watcher.heard();
      return events.flatMap(({ stores }) => stores.map(({ name, failing }: never) => `${name} ${failing}`)).sort();
    };

    expect(await fail(4, pages)).toEqual([]);
    expect(await fail(1, pages)).toEqual(['Contoso 2', 'Other 1']);
    expect(await fail(10, pages)).toEqual([]);
    // Another row of failures, on the same day, and when it is over.
    await watcher.look([[pages[0], 'USD 1']]);
    expect(await fail(6, pages)).toEqual([]);
    watcher.now += dayMs;
    expect(await fail(1, pages)).toEqual(['Contoso 2']);
    expect(await fail(1, pages)).toEqual([]);
    // The other store fails as it did.
    watcher.now += dayMs;
    expect(await fail(9, pages)).toEqual([]);
  });

  it('of a store that is down are told by one message, though they are looked at one by one', async () => {
    watcher = new PriceWatcher(graph);
    const store = await watcher.store('Contoso');
    const productId = await watcher.product();
    const pages: string[] = [];
    for (let i = 0; i < 25; i += 1) pages.push(await watcher.page(productId, store, i === 0));

    for (let round = 0; round < 7; round += 1) {
      for (const page of pages) {
        await watcher.look([[page, 'FETCH_ERROR']]);
        watcher.now -= 3_590_000;
      }
    }

    const [event, ...others] = await watcher.heard();
    expect(others).toEqual([]);
    expect(event.stores).toMatchObject([{ name: 'Contoso', failing: 25 }]);
    expect(event.stores[0].pages).toHaveLength(20);
    expect(event.stores[0].pages[0]).toMatchObject({ urlId: pages[0], failures: 5, outcome: 'FETCH_ERROR' });
  });
});
