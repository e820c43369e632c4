import { toMinorUnit } from '@gastronom/shared/money';
import { Decimal } from 'decimal.js';

/** What prices a line. */
export interface Priced {
  readonly price: { readonly amount: string; readonly currency: string };
  /** In per cent. */
  readonly taxRate: string;
  readonly taxIncluded: boolean;
}

/** What a line comes to: goods and tax add up to the total, each to the currency's smallest unit. */
export interface LineAmounts {
  readonly goods: Decimal;
  readonly tax: Decimal;
  readonly total: Decimal;
  /** As the supplier counts minimum and free delivery: with tax where its prices are with tax. */
  readonly listed: Decimal;
}

/** Rounded once, half-up, where the price is said: net prices get the tax on top, gross prices hold it. */
export function priceLine({ price, taxRate, taxIncluded }: Priced, quantity: string): LineAmounts {
  const listed = toMinorUnit(new Decimal(price.amount).times(quantity), price.currency);
  if (taxIncluded) {
    const tax = toMinorUnit(listed.times(taxRate).div(new Decimal(taxRate).plus(100)), price.currency);
    return { goods: listed.minus(tax), tax, total: listed, listed };
  }
  const tax = toMinorUnit(listed.times(taxRate).div(100), price.currency);
  return { goods: listed, tax, total: listed.plus(tax), listed };
}

export interface Amounts {
  readonly goods: Decimal;
  readonly tax: Decimal;
  readonly delivery: Decimal;
  readonly total: Decimal;
  readonly listed: Decimal;
}

interface Fee {
  readonly fee: string;
  readonly freeFrom: string | null;
}

/** What a supplier's lines come to, with its delivery: its fee is what is paid, tax and all. */
export function sumLines(lines: readonly LineAmounts[], terms: Fee | null): Amounts {
  const sum = (pick: (line: LineAmounts) => Decimal) =>
    lines.reduce((total, line) => total.plus(pick(line)), new Decimal(0));
  const listed = sum((line) => line.listed);
  const isFree = !terms || (terms.freeFrom !== null && listed.greaterThanOrEqualTo(terms.freeFrom));
  const delivery = new Decimal(isFree ? 0 : terms.fee);
  return {
    goods: sum((line) => line.goods),
    tax: sum((line) => line.tax),
    delivery,
    total: sum((line) => line.total).plus(delivery),
    listed,
  };
}
