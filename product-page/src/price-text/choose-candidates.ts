import type { Candidate } from './candidate.ts';
import type { Sum } from './decide-sum.ts';
import { compareAmounts } from './move-point.ts';
import { rolesOf } from './price-words.ts';
import type { Token } from './tokens.ts';

/** A candidate whose sum is decided. */
export type Priced = Candidate & { readonly sum: Sum };

/** A sum without a currency is believed in a text of few words. */
const mostWords = 8;
/** Longer whole numbers without a currency are codes. */
const mostBareDigits = 9;

const hasSum = (candidate: Candidate): candidate is Priced => candidate.sum !== null && candidate.role !== 'NONE';

/** Whether a number without a currency may be a price: it is shaped as a sum, or the text speaks of nothing else. */
function isBelievable(tokens: readonly Token[], candidate: Priced): boolean {
  const words = tokens.filter(({ type }) => type === 'WORD' || type === 'SIGN');
  const known = words.filter(({ text }) => rolesOf(text.replace(/\.$/, '')).size > 0);
  if (candidate.sum.isShaped) return words.length <= mostWords;
  return known.length === words.length && candidate.sum.amount.length <= mostBareDigits;
}

/** The two ends of a range in their order, or no range. */
function ranged(candidate: Candidate): boolean {
  const { upper, sum } = candidate;
  if (upper === null) return true;
  if (sum === null || upper.sum === null) return false;
  return compareAmounts(sum.amount, upper.sum.amount) <= 0;
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
export function chooseCandidates(
  tokens: readonly Token[],
  candidates: readonly Candidate[],
): { price: Priced; old: Candidate | null } | null {
  const summed = candidates.filter(hasSum);
  const signed = summed.filter(({ signs }) => signs.length > 0);
  const eligible = signed.length > 0 ? signed : summed.filter((candidate) => isBelievable(tokens, candidate));
  for (const roles of preference) {
    const price = eligible.find(({ role }) => roles.includes(role));
    if (price === undefined) continue;
    if (!ranged(price)) return null;
    const old = eligible.find(({ role }) => role === 'OLD') ?? beforeNow(price, eligible);
    return { price, old: old === price ? null : old };
  }
  return null;
}

/** `£59.99 Now £39.99`: what stood before a sum that is of now. */
const beforeNow = (price: Priced, eligible: readonly Priced[]): Priced | null =>
  price.role === 'NOW' ? (eligible.find(({ role, index }) => role === 'PLAIN' && index < price.index) ?? null) : null;
