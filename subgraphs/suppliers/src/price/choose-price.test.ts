import { describe, expect, it } from '@jest/globals';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { type CandidatePrice, choosePrice } from './choose-price.ts';

const at = new Date('2026-11-23T08:00:00Z');
const day = 86_400_000;
const inDays = (days: number | null): Date | null => (days === null ? null : new Date(at.getTime() + days * day));

let counter = 0;
const price = (amount: string, more: Partial<CandidatePrice> = {}): CandidatePrice => {
  counter += 1;
  const bare = { scope: 'LIST', groupId: null, fromQuantity: '0', validFrom: null, validUntil: null } as const;
  return { id: String(counter), amount, ...bare, ...more };
};
const ofGroup = (amount: string, groupId = 'a', more: object = {}) =>
  price(amount, { scope: 'GROUP', groupId, ...more });
const own = (amount: string, more: object = {}) => price(amount, { scope: 'CUSTOMER', ...more });
const chosen = (prices: CandidatePrice[], quantity = '1') => choosePrice(prices, quantity, at)?.amount ?? null;

describe('the price of a pack', () => {
  const table: [says: string, prices: CandidatePrice[], quantity: string, amount: string | null][] = [
    ['is none without a price', [], '1', null],
    ['is the list price', [price('10')], '1', '10'],
    ['is the group’s before the list’s, even when it is higher', [price('10'), ofGroup('12')], '1', '12'],
    ['is the customer’s own before all', [price('10'), ofGroup('8'), own('9')], '1', '9'],
    ['is the lowest of several groups’', [ofGroup('8', 'a'), ofGroup('7', 'b')], '1', '7'],
    ['is that of the largest quantity that is reached', [price('10'), price('9', { fromQuantity: '10' })], '10', '9'],
    ['is not that of a quantity that is not reached', [price('10'), price('9', { fromQuantity: '10' })], '9.999', '10'],
    [
      'falls back to the list where the customer’s own asks for more',
      [price('10'), own('7', { fromQuantity: '5' })],
      '4',
      '10',
    ],
    ['is not one that is over', [price('10'), own('7', { validUntil: at })], '1', '10'],
    ['is one that begins now', [price('10'), own('7', { validFrom: at })], '1', '7'],
    [
      'is the one that began last',
      [price('10'), price('9', { validFrom: inDays(-2) }), price('8', { validFrom: inDays(-9) })],
      '1',
      '9',
    ],
  ];
  it.each(table)('%s', (_says, prices, quantity, amount) => {
    expect(chosen(prices, quantity)).toBe(amount);
  });
});

describe('whatever prices there are', () => {
  const candidate = fc.record({
    id: fc.uuid(),
    scope: fc.constantFrom('LIST', 'GROUP', 'CUSTOMER'),
    groupId: fc.constantFrom('a', 'b'),
    fromQuantity: fc.integer({ min: 0, max: 5 }).map(String),
    amount: fc.integer({ min: 0, max: 9 }).map(String),
    validFrom: fc.option(fc.integer({ min: -3, max: 3 })).map(inDays),
    validUntil: fc.option(fc.integer({ min: -3, max: 3 })).map(inDays),
  });
  const prices = fc.array(
    candidate.map(
      (one): CandidatePrice => ({ ...one, groupId: one.scope === 'GROUP' ? one.groupId : null }) as CandidatePrice,
    ),
    { maxLength: 12 },
  );
  const quantity = fc.integer({ min: 0, max: 6 }).map(String);
  const holds = (one: CandidatePrice, wanted: string) =>
    new Decimal(one.fromQuantity).lte(wanted) &&
    (one.validFrom === null || one.validFrom <= at) &&
    (one.validUntil === null || at < one.validUntil);

  it('the order in which they stand does not matter', () => {
    const shuffled = prices.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, quantity, ([all, other], wanted) => {
        expect(choosePrice(other, wanted, at)).toEqual(choosePrice(all, wanted, at));
      }),
    );
  });

  it('one that holds is chosen wherever there is one, and none less specific than another that holds', () => {
    const rank = { LIST: 0, GROUP: 1, CUSTOMER: 2 };
    fc.assert(
      fc.property(prices, quantity, (all, wanted) => {
        const found = choosePrice(all, wanted, at);
        const holding = all.filter((one) => holds(one, wanted));

        expect(found === null).toBe(holding.length === 0);
        if (found) {
          expect(holding).toContain(found);
          expect(rank[found.scope]).toBe(Math.max(...holding.map(({ scope }) => rank[scope])));
        }
      }),
    );
  });

  it('what does not hold changes nothing', () => {
    fc.assert(
      fc.property(prices, quantity, (all, wanted) => {
        expect(choosePrice(all, wanted, at)).toEqual(
          choosePrice(
            all.filter((one) => holds(one, wanted)),
            wanted,
            at,
          ),
        );
      }),
    );
  });
});
