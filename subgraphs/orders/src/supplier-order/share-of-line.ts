import { toMinorUnit } from '@gastronom/shared/money';
import { Decimal } from 'decimal.js';

/** What a line comes to: the goods without tax, the tax on them, and both, which is what is to be paid. */
export interface LineAmounts {
  readonly goodsAmount: string;
  readonly taxAmount: string;
  readonly totalAmount: string;
}

export const noAmounts: LineAmounts = { goodsAmount: '0', taxAmount: '0', totalAmount: '0' };

/** A share of a line's amounts, rounded as they were. All of it is what was agreed, to the last minor unit. */
export function shareOfLine(line: LineAmounts, share: Decimal, currency: string): LineAmounts {
  const part = (amount: string) => toMinorUnit(share.times(amount), currency);
  const total = part(line.totalAmount);
  const tax = part(line.taxAmount);
  return { goodsAmount: total.minus(tax).toString(), taxAmount: tax.toString(), totalAmount: total.toString() };
}

const combine = (a: LineAmounts, b: LineAmounts, work: (a: Decimal, b: string) => Decimal): LineAmounts => ({
  goodsAmount: work(new Decimal(a.goodsAmount), b.goodsAmount).toString(),
  taxAmount: work(new Decimal(a.taxAmount), b.taxAmount).toString(),
  totalAmount: work(new Decimal(a.totalAmount), b.totalAmount).toString(),
});

export const minusAmounts = (from: LineAmounts, what: LineAmounts): LineAmounts =>
  combine(from, what, (a, b) => a.minus(b));

export const sumAmounts = (all: readonly LineAmounts[]): LineAmounts =>
  all.reduce((sum, one) => combine(sum, one, (a, b) => a.plus(b)), noAmounts);
