/**
 * What a text says of its sum. PRICE, FROM, RANGE, PER_UNIT and FREE are what a product costs;
 * ZERO is a missing price, INSTALMENT one payment of several, OLD what was asked before a reduction.
 */
export const priceKinds = ['PRICE', 'FROM', 'RANGE', 'PER_UNIT', 'FREE', 'ZERO', 'INSTALMENT', 'OLD'] as const;
export type PriceKind = (typeof priceKinds)[number];

const asked: ReadonlySet<PriceKind> = new Set(['PRICE', 'FROM', 'RANGE', 'PER_UNIT', 'FREE']);

/** Whether a sum of this kind is what the product costs. */
export const isAskedPrice = (kind: PriceKind): boolean => asked.has(kind);

/** What is known of the store whose text is read. */
export interface PriceTextRules {
  /** BCP 47, as `de-AT` (`de_AT` is understood). */
  readonly locale?: string | undefined;
  /** ISO 4217: decides what `$` or `kr` is, and is the currency of a sum that names none. */
  readonly currency?: string | undefined;
}

export interface PriceText {
  /** Decimal string in the main unit, exact, with the decimals that the text has; of a range the lower end. */
  readonly amount: string;
  /** ISO 4217; null where neither the text nor the store says. */
  readonly currency: string | null;
  readonly kind: PriceKind;
  /** The upper end of a range. */
  readonly upper: string | null;
  /** What the same text says was asked before. */
  readonly oldAmount: string | null;
}
