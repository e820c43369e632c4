import type { Candidate } from './candidate.ts';
import type { Sum } from './decide-sum.ts';
import { compareAmounts } from './move-point.ts';
import { powerOf, rolesOf, type WordRole } from './price-words.ts';
import type { Token } from './tokens.ts';

/** A candidate whose sum is decided. */
export type Priced = Candidate & { readonly sum: Sum };

interface Choice {
  readonly price: Priced;
  readonly old: Candidate | null;
}

/** A sum without a currency is believed in a text of few words. */
const mostWords = 8;
/** Longer whole numbers without a currency are codes. */
const mostBareDigits = 9;

const hasSum = (candidate: Candidate): candidate is Priced => candidate.sum !== null && candidate.role !== 'NONE';

/** They speak of what costs nothing or of what comes off, never of a sum without a currency. */
const notOfPrices: readonly WordRole[] = ['FREE', 'SAVING', 'SHIPPING'];

/** Whether a number without a currency may be a price: it is shaped as a sum, or the text speaks of nothing else. */
function isBelievable(tokens: readonly Token[], candidate: Priced, isOnly: boolean): boolean {
  const words = tokens.filter(({ type }) => type === 'WORD' || type === 'SIGN').map(({ text }) => text);
  if (candidate.sum.isShaped) return words.length <= mostWords;
  const isKnown = (word: string): boolean => {
    const roles = rolesOf(word.replace(/\.$/, ''));
    if (roles.size === 0) return candidate.shift > 0 && powerOf(word) !== null;
    return !notOfPrices.some((role) => roles.has(role));
  };
  return isOnly && candidate.upper === null && words.every(isKnown) && candidate.sum.amount.length <= mostBareDigits;
}

/** The two ends of a range in their order, or no range. */
function ranged(candidate: Candidate): boolean {
  const { upper, sum } = candidate;
  if (upper === null) return true;
  if (sum === null || upper.sum === null) return false;
  return compareAmounts(sum.amount, upper.sum.amount) <= 0;
}

/** `reduced from $50.00 to $30.00`: what it costs now is the end. With a dash between them nobody knows. */
function reduced({ role, upper, ...old }: Priced): Choice | null {
  if (role !== 'FROM' || upper?.sum == null) return null;
  return { price: { ...upper, sum: upper.sum, role: 'PLAIN', upper: null }, old: { ...old, role, upper: null } };
}

/** What a product costs, by what is said of each sum: the first of the best. */
const preference: readonly (readonly Candidate['role'][])[] = [
  ['NOW'],
  ['PLAIN', 'FROM'],
  ['PER_UNIT'],
  ['INSTALMENT'],
  ['OLD'],
];

/** The sum that is the text's price, and what it says was asked before. */
export function chooseCandidates(tokens: readonly Token[], candidates: readonly Candidate[]): Choice | null {
  const summed = candidates.filter(hasSum);
  const signed = summed.filter(({ signs }) => signs.length > 0);
  const eligible =
    signed.length > 0 ? signed : summed.filter((candidate) => isBelievable(tokens, candidate, summed.length === 1));
  for (const roles of preference) {
    const price = eligible.find(({ role }) => roles.includes(role));
    if (price === undefined) continue;
    if (!ranged(price)) return reduced(price);
    const old = eligible.find(({ role }) => role === 'OLD') ?? beforeNow(price, eligible);
    return { price, old: old === price ? null : old };
  }
  return null;
}

/** `£59.99 Now £39.99`: what stood before a sum that is of now. */
const beforeNow = (price: Priced, eligible: readonly Priced[]): Priced | null =>
  price.role === 'NOW' ? (eligible.find(({ role, index }) => role === 'PLAIN' && index < price.index) ?? null) : null;
