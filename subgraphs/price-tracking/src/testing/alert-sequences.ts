import type { Rule } from './price-watcher.ts';

/**
 * What the rules of a product tell when its page says one thing after another: looks at the page, an hour apart, and what
 * happens between them. What is told is numbered by the step at which it is.
 */
type AlertSequence = readonly [
  /** It is raised … */
  when: string,
  rules: readonly Rule[],
  steps: readonly string[],
  told: readonly string[],
  /** Of the product. */
  target?: string,
];

const below: Rule = { kind: 'BELOW_TARGET' };
const below80: Rule = { kind: 'BELOW_TARGET', targetPrice: '80', targetCurrency: 'USD' };
const drop10: Rule = { kind: 'DROP_PERCENT', percent: '10' };
const drop20in30: Rule = { kind: 'DROP_PERCENT', percent: '20', days: 30 };
const lowest30: Rule = { kind: 'LOWEST_IN_DAYS', days: 30 };
const change: Rule = { kind: 'ANY_CHANGE' };
const back: Rule = { kind: 'BACK_IN_STOCK' };

export const alertSequences: readonly AlertSequence[] = [
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
];
