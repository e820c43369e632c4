import { createTestSubgraph, type TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { priceTracking } from '../subgraph.ts';
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

/** Plays a sequence. @returns what was told at each step, as `step: what`. */
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

const below: Rule = { kind: 'BELOW_TARGET' };
const below80: Rule = { kind: 'BELOW_TARGET', targetPrice: '80', targetCurrency: 'USD' };
const drop10: Rule = { kind: 'DROP_PERCENT', percent: '10' };
const drop20in30: Rule = { kind: 'DROP_PERCENT', percent: '20', days: 30 };
const lowest30: Rule = { kind: 'LOWEST_IN_DAYS', days: 30 };
const change: Rule = { kind: 'ANY_CHANGE' };
const back: Rule = { kind: 'BACK_IN_STOCK' };

describe('an alert', () => {
  it.each<[string, readonly Rule[], readonly string[], readonly string[], string?]>([
    // The target of the product, and of the rule.
    [
      'at the first reading, where it is below the target',
      [below],
      ['USD 90'],
      ['1. USD 90 after nothing: BELOW_TARGET 90'],
      'USD 90',
    ],
    ['not above the target', [below], ['USD 90.01', 'USD 90.01'], [], 'USD 90'],
    [
      'of the rule’s own target',
      [below80],
      ['USD 85', 'USD 79.99'],
      ['2. USD 79.99 after 85: BELOW_TARGET 80'],
      'USD 90',
    ],
    ['nothing without a target', [below], ['USD 85', 'USD 1'], []],
    [
      'once below, and again after it was above',
      [below],
      ['USD 100', 'USD 90', 'USD 85', 'USD 85', 'USD 95', 'USD 89'],
      ['2. USD 90 after 100: BELOW_TARGET 90', '6. USD 89 after 95: BELOW_TARGET 90'],
      'USD 90',
    ],
    [
      'when the target came up to the price',
      [below],
      ['USD 95', 'target USD 100', 'USD 95', 'USD 95'],
      ['3. USD 95 after 95: BELOW_TARGET 100'],
      'USD 90',
    ],
    // Failures.
    [
      'not when a page that failed recovers at the old price',
      [below, drop10, drop20in30, lowest30, change, back],
      ['USD 100', 'FETCH_ERROR', 'USD 100', 'NO_PRICE', 'BLOCKED', 'USD 100', 'GONE', 'wait 3', 'USD 100'],
      [],
      'USD 90',
    ],
    [
      'not again when a page that failed below the target recovers there',
      [below],
      ['USD 80', 'FETCH_ERROR', 'NO_PRICE', 'USD 80', 'GONE', 'USD 79'],
      ['1. USD 80 after nothing: BELOW_TARGET 90'],
      'USD 90',
    ],
    [
      'against the last price when a page recovers at another',
      [drop10, change],
      ['USD 100', 'FETCH_ERROR', 'FETCH_ERROR', 'USD 88'],
      ['4. USD 88 after 100: DROP_PERCENT 100, ANY_CHANGE'],
    ],
    // A drop against the last price.
    ['of a drop of so much', [drop10], ['USD 100', 'USD 90'], ['2. USD 90 after 100: DROP_PERCENT 100']],
    ['not of a smaller one, nor of many small ones', [drop10], ['USD 100', 'USD 90.01', 'USD 82', 'USD 75'], []],
    [
      'of each drop, and of none that stays',
      [drop10],
      ['USD 100', 'USD 80', 'USD 80', 'USD 100', 'USD 80', 'USD 60'],
      [
        '2. USD 80 after 100: DROP_PERCENT 100',
        '5. USD 80 after 100: DROP_PERCENT 100',
        '6. USD 60 after 80: DROP_PERCENT 80',
      ],
    ],
    [
      'of exact amounts',
      [{ ...drop10, percent: '33.33' }],
      ['USD 0.3', 'USD 0.2001', 'USD 0.1334'],
      ['3. USD 0.1334 after 0.2001: DROP_PERCENT 0.2001'],
    ],
    // A drop against the highest in a window.
    [
      'of many small drops, against the highest in a window, once',
      [drop20in30],
      ['USD 100', 'USD 92', 'USD 85', 'USD 80', 'USD 75', 'USD 70'],
      ['4. USD 80 after 85: DROP_PERCENT 100'],
    ],
    [
      'again after the price was up, or its peak was out of the window',
      [drop20in30],
      ['USD 100', 'USD 80', 'USD 95', 'USD 79', 'wait 31', 'USD 79', 'USD 79', 'USD 60'],
      [
        '2. USD 80 after 100: DROP_PERCENT 100',
        '4. USD 79 after 95: DROP_PERCENT 100',
        '8. USD 60 after 79: DROP_PERCENT 79',
      ],
    ],
    // The lowest in a window.
    [
      'of each new low, and not of one that was there before',
      [lowest30],
      ['USD 100', 'USD 90', 'USD 90', 'USD 95', 'USD 90', 'USD 89.99'],
      ['2. USD 90 after 100: LOWEST_IN_DAYS 100', '6. USD 89.99 after 90: LOWEST_IN_DAYS 90'],
    ],
    [
      'of a low again when the older one is out of the window',
      [lowest30],
      ['USD 80', 'USD 100', 'USD 90', 'wait 31', 'USD 100', 'USD 90', 'USD 85'],
      ['7. USD 85 after 90: LOWEST_IN_DAYS 90'],
    ],
    [
      'of no low while an older price held in the window',
      [lowest30],
      ['USD 80', 'FETCH_ERROR', 'wait 40', 'USD 85', 'USD 79'],
      ['5. USD 79 after 85: LOWEST_IN_DAYS 80'],
    ],
    // Any change.
    [
      'of any change, up or down',
      [change],
      ['USD 100', 'USD 100', 'USD 100.01', 'USD 99'],
      ['3. USD 100.01 after 100: ANY_CHANGE', '4. USD 99 after 100.01: ANY_CHANGE'],
    ],
    // Currencies.
    [
      'never across currencies',
      [below, drop10, drop20in30, lowest30, change],
      ['USD 100', 'EUR 50', 'EUR 50', 'USD 100', 'JPY 1', 'USD 100'],
      [],
      'USD 90',
    ],
    [
      'within another currency',
      [below, drop10],
      ['USD 100', 'EUR 100', 'EUR 85'],
      ['3. EUR 85 after 100: DROP_PERCENT 100'],
      'USD 90',
    ],
    [
      'not again below the target, when another currency was shown in between',
      [below],
      ['USD 80', 'EUR 500', 'USD 80', 'USD 95', 'USD 80'],
      ['1. USD 80 after nothing: BELOW_TARGET 90', '5. USD 80 after 95: BELOW_TARGET 90'],
      'USD 90',
    ],
    // Stock. What cannot be bought has no price.
    [
      'of what is back in stock, once',
      [back],
      ['USD 100', 'USD 100 OUT_OF_STOCK', 'USD 100 OUT_OF_STOCK', 'USD 100', 'USD 100'],
      ['4. USD 100 after 100: BACK_IN_STOCK'],
    ],
    ['not of what is in stock when it is seen first', [back], ['USD 100', 'USD 100'], []],
    [
      'of what was out when it was seen first',
      [back],
      ['USD 5 SOLD', 'USD 5'],
      ['2. USD 5 after nothing: BACK_IN_STOCK'],
    ],
    [
      'not of a page that says nothing of stock, but when it does',
      [back],
      ['USD 9 OUT_OF_STOCK', 'USD 9 ?', 'FETCH_ERROR', 'USD 9 PRE_ORDER', 'USD 9', 'USD 9 ?', 'USD 9'],
      ['5. USD 9 after 9: BACK_IN_STOCK'],
    ],
    [
      'not of the price of what is out of stock, but when it is back',
      [below, drop10, drop20in30, lowest30, change],
      ['USD 100', 'USD 70 OUT_OF_STOCK', 'USD 60 SOLD', 'USD 70'],
      ['4. USD 70 after 100: BELOW_TARGET 90, DROP_PERCENT 100, DROP_PERCENT 100, LOWEST_IN_DAYS 100, ANY_CHANGE'],
      'USD 90',
    ],
    // Snoozing. Afterwards it is held against how things stood before.
    [
      'of nothing while it is snoozed, and afterwards of what still holds',
      [below, drop10, lowest30, change, back],
      ['USD 100', 'snooze 3', 'USD 70', 'USD 70', 'wait 3', 'USD 70', 'USD 70'],
      ['6. USD 70 after 100: BELOW_TARGET 90, DROP_PERCENT 100, LOWEST_IN_DAYS 100, ANY_CHANGE'],
      'USD 90',
    ],
    [
      'of nothing that came and went while it was snoozed',
      [below, drop10, drop20in30, lowest30, change, back],
      ['USD 100', 'snooze 3', 'USD 70', 'USD 100 OUT_OF_STOCK', 'USD 100', 'wait 3', 'USD 100'],
      [],
      'USD 90',
    ],
    [
      'of no low above one that came and went while it was snoozed',
      [lowest30],
      ['USD 100', 'snooze 3', 'USD 70', 'USD 90', 'wait 3', 'USD 90', 'USD 69'],
      ['7. USD 69 after 90: LOWEST_IN_DAYS 70'],
    ],
    [
      'not again of what was told before it was snoozed',
      [below, back],
      ['USD 80', 'snooze 3', 'USD 95', 'USD 80', 'wait 3', 'USD 80'],
      ['1. USD 80 after nothing: BELOW_TARGET 90'],
      'USD 90',
    ],
    // Off.
    ['of nothing while it is off', [change], ['USD 1', 'enable off', 'USD 2', 'USD 3'], []],
    // Several rules.
    [
      'for each of several rules, in one message',
      [below, drop10, change],
      ['USD 100', 'USD 80'],
      ['2. USD 80 after 100: BELOW_TARGET 90, DROP_PERCENT 100, ANY_CHANGE'],
      'USD 90',
    ],
    [
      'of what is free',
      [below, drop10],
      ['USD 10', 'USD 0'],
      ['2. USD 0 after 10: BELOW_TARGET 5, DROP_PERCENT 10'],
      'USD 5',
    ],
  ])('is raised %s', async (...[, rules, steps, expected, target = null]) => {
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
  it('are told of once for each row of failures, together for a store', async () => {
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
    await watcher.look([[pages[0], 'USD 1']]);
    expect(await fail(4, pages)).toEqual([]);
    expect(await fail(3, pages)).toEqual(['Contoso 1']);
  });
});
