import type { Candidate } from './candidate.ts';
import { chooseCandidates } from './choose-candidates.ts';
import { decideSum } from './decide-sum.ts';
import { findCandidates } from './find-candidates.ts';
import { judgeCandidates } from './judge-candidates.ts';
import { movePoint } from './move-point.ts';
import { normaliseText } from './normalise-text.ts';
import type { PriceKind, PriceText, PriceTextRules } from './price-kind.ts';
import { rolesOf } from './price-words.ts';
import { isMoney, resolveSign, type StoreFacts, storeFacts, sumRules } from './resolve-sign.ts';
import { type Token, tokensOf } from './tokens.ts';

const noCents = /^\d+(?:\.0*)?$/;

/** ISO 4217 by the signs beside it: the first that leaves no choice, else the first that the store decides. */
function currencyBeside({ signs }: Candidate, store: StoreFacts): string | null {
  const sure = signs.find(({ currencies, otherwise }) => currencies.length === 1 && otherwise !== null);
  const decided = signs.map((sign) => resolveSign(sign, store)).find((currency) => currency !== null);
  return sure?.otherwise ?? decided ?? null;
}

function decide(candidate: Candidate, store: StoreFacts): void {
  candidate.currency = currencyBeside(candidate, store);
  const sum = decideSum(candidate.number, sumRules(candidate.currency ?? store.currency, store));
  candidate.sum = sum === null ? null : { ...sum, amount: movePoint(sum.amount, candidate.shift) };
}

/** A sum with cents is in no currency that has none: then the store's own is not what a `$` means here. */
function surelyIn(currency: string | null, { amount }: { amount: string }, isNamed: boolean, store: StoreFacts) {
  const isContradicted =
    currency !== null && !isNamed && sumRules(currency, store).decimals === 0 && !noCents.test(amount);
  return isContradicted ? null : currency;
}

/** The text says nothing but that it costs nothing. */
function saysFree(tokens: readonly Token[], candidates: readonly Candidate[]): boolean {
  const words = tokens.filter(({ type }) => type === 'WORD').map(({ text }) => rolesOf(text));
  return (
    words.some((roles) => roles.has('FREE')) &&
    words.every((roles) => roles.has('FREE') || roles.has('LABEL') || roles.has('NOW')) &&
    candidates.every(({ sum }) => sum !== null && isZero(sum.amount))
  );
}

const isZero = (amount: string): boolean => /^[0.]+$/.test(amount);

const kindOf = ({ role, upper, sum }: Candidate): PriceKind => {
  if (sum !== null && isZero(sum.amount)) return 'ZERO';
  if (upper !== null) return 'RANGE';
  return role === 'FROM' || role === 'PER_UNIT' || role === 'OLD' || role === 'INSTALMENT' ? role : 'PRICE';
};

/** The only currency that the text names; null for none or several. */
function onlyCurrency(tokens: readonly Token[], store: StoreFacts): string | null {
  const named = tokens
    .filter((token) => token.type === 'SIGN')
    .filter(({ sign }) => isMoney(sign, store))
    .map(({ sign }) => resolveSign(sign, store));
  return new Set(named).size === 1 ? (named[0] ?? null) : null;
}

/**
 * Reads what a price tag says: sums in any of the world's notations and digits, ranges, reductions, instalments.
 * Null where the text says no price, or could say two: nothing is better than wrong.
 */
export function readPriceText(text: string, rules: PriceTextRules = {}): PriceText | null {
  const normalised = normaliseText(text);
  const store = storeFacts(rules, normalised);
  const tokens = tokensOf(normalised);
  const candidates = findCandidates(tokens, store);
  judgeCandidates(tokens, candidates);
  for (const candidate of candidates) decide(candidate, store);
  if (saysFree(tokens, candidates)) {
    const written = candidates[0]?.sum?.amount ?? '0';
    const currency = candidates[0]?.currency ?? store.currency;
    return { amount: written, currency, kind: 'FREE', upper: null, oldAmount: null };
  }
  const chosen = chooseCandidates(tokens, candidates);
  if (chosen === null) return null;
  const { price, old } = chosen;
  const named = price.currency ?? onlyCurrency(tokens, store);
  const isUnknownSign = price.signs.length > 0 && price.currency === null;
  return {
    amount: price.sum.amount,
    currency: surelyIn(named ?? (isUnknownSign ? null : store.currency), price.sum, isSurelyNamed(price), store),
    kind: kindOf(price),
    upper: price.upper?.sum?.amount ?? null,
    oldAmount: old?.sum?.amount ?? null,
  };
}

const isSurelyNamed = ({ signs }: Candidate): boolean => signs.some(({ currencies }) => currencies.length === 1);

/** ISO 4217 of a text that names a currency (`€`, `USD`, `in kr`), by what is known of the store; null for none. */
export function readCurrencyText(text: string, rules: PriceTextRules = {}): string | null {
  const normalised = normaliseText(text);
  return onlyCurrency(tokensOf(normalised), storeFacts(rules, normalised));
}
