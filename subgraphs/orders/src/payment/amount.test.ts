import { describe, expect, it } from '@jest/globals';
import { fromUnits, isPayable, percentOf, toUnits } from './amount.ts';

describe('an amount', () => {
  it.each([
    ['10.05', 'EUR', 1005n],
    ['1005', 'JPY', 1005n],
    ['10.05', 'ISK', 1000n],
    ['1.235', 'KWD', 1240n],
  ])('of %s %s is %s to Stripe', (amount, currency, units) => {
    expect(toUnits(amount, currency)).toBe(units);
  });

  it.each([
    ['10.05', 'EUR', true],
    ['10.005', 'EUR', false],
    ['10.5', 'JPY', false],
    ['10.05', 'ISK', false],
    ['10.00', 'ISK', true],
    ['1.235', 'KWD', false],
    ['1.230', 'KWD', true],
  ])('of %s %s can be paid to the last digit: %s', (amount, currency, payable) => {
    expect(isPayable(amount, currency)).toBe(payable);
  });

  it('comes back as it went', () => {
    expect([fromUnits(1005n, 'EUR'), fromUnits(-5n, 'JPY'), fromUnits(1230n, 'KWD')]).toEqual(['10.05', '-5', '1.230']);
  });

  it('is shared in what can be paid, half-up', () => {
    expect([percentOf(1005n, '10', 'EUR'), percentOf(1050n, '10', 'ISK'), percentOf(1234n, '10', 'KWD')]).toEqual([
      101n,
      100n,
      120n,
    ]);
  });
});
