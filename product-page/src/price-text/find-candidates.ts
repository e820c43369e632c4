import type { Candidate } from './candidate.ts';
import { powerOf } from './price-words.ts';
import { isMoney, type StoreFacts } from './resolve-sign.ts';
import type { Token } from './tokens.ts';

/** Signs that nobody writes before a sum: between two numbers they belong to the first. */
const behindOnly = new Set('RUB BYN UAH KZT PLN CZK HUF BGN VND KRW UZS KGS AMD RSD MDL'.split(' '));

const isPowerBehind = (token: Token | undefined): boolean => {
  if (token?.type !== 'WORD' || powerOf(token.text) === null) return false;
  // `3 k` may be anything, `3k` is three thousand.
  return token.isGlued || token.text.length > 1;
};

/** The candidate that a sign stands behind: nothing but other signs and brackets between. */
function leftOf(tokens: readonly Token[], at: number, byIndex: ReadonlyMap<number, Candidate>): Candidate | null {
  for (let index = at - 1; index >= 0; index -= 1) {
    const token = tokens[index];
    if (token?.type === 'NUMBER') return byIndex.get(index) ?? null;
    const isPoint = token?.text === '.' && isPowerBehind(tokens[index - 1]);
    const isBetween =
      token?.type === 'SIGN' || token?.text === '(' || token?.text === '*' || isPoint || isPowerBehind(token);
    if (!isBetween) return null;
  }
  return null;
}

const beforeSum = new Set([':', '(', ')', '.', '*', '=']);

function rightOf(tokens: readonly Token[], at: number, byIndex: ReadonlyMap<number, Candidate>): Candidate | null {
  for (let index = at + 1; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.type === 'NUMBER') return byIndex.get(index) ?? null;
    if (token?.type !== 'SIGN' && !beforeSum.has(token?.text ?? '')) return null;
  }
  return null;
}

/** Whether a sign between two numbers is the second one's. */
function belongsRight(tokens: readonly Token[], at: number, left: Candidate): boolean {
  const token = tokens[at];
  if (left.signs.length > 0) return true;
  if (token?.type === 'SIGN' && token.sign.currencies.every((currency) => behindOnly.has(currency))) return false;
  return token?.isGlued === false && tokens[at + 1]?.isGlued === true;
}

function giveSigns(tokens: readonly Token[], byIndex: ReadonlyMap<number, Candidate>, store: StoreFacts): void {
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'SIGN' || !isMoney(token.sign, store)) continue;
    const left = leftOf(tokens, at, byIndex);
    const right = rightOf(tokens, at, byIndex);
    const owner = right !== null && (left === null || belongsRight(tokens, at, left)) ? right : left;
    if (owner === null) continue;
    if (token.sign.isMinor) {
      if (owner === left) owner.shift = -2;
      else continue;
    }
    owner.isPrefixed = owner === right;
    owner.signs.push(token.sign);
  }
}

const isHundredths = (candidate: Candidate): boolean =>
  candidate.number.marks.length === 0 && candidate.number.runs[0]?.length === 2 && !candidate.number.isWhole;

const hasNoDecimals = ({ number: { marks, runs } }: Candidate): boolean =>
  marks.every((mark) => mark === ' ' || mark === "'" || mark === '.' || mark === ',') &&
  (marks.length === 0 || runs.at(-1)?.length === 3);

/** Whether what follows cannot be what the number counts. */
function endsSum(token: Token | undefined): boolean {
  return token === undefined || (token.type === 'MARK' && !'%-/x×'.includes(token.text));
}

/** `35€ 99` and `5 руб. 50 коп.`: hundredths that stand behind the sign. */
function joinHundredths(tokens: readonly Token[], candidates: Candidate[]): Candidate[] {
  const joined: Candidate[] = [];
  for (const candidate of candidates) {
    const whole = joined.at(-1);
    const { index } = candidate;
    const isBehindSign =
      whole !== undefined && index === whole.index + 2 && tokens[index - 1]?.type === 'SIGN' && hasNoDecimals(whole);
    const areHundredths = candidate.shift === -2 || tokens[index]?.isGlued === true || endsSum(tokens[index + 1]);
    const isOwn = candidate.signs.length > 0 && candidate.shift !== -2 && (whole?.signs.length ?? 0) > 0;
    const next = tokens[index + 1];
    const isCount = next?.type === 'MARK' && '%x×'.includes(next.text);
    if (!isBehindSign || whole.isPrefixed || !isHundredths(candidate) || !areHundredths || isOwn || isCount) {
      joined.push(candidate);
      continue;
    }
    if (whole.signs.length === 0) whole.signs.push(...candidate.signs);
    const { runs, marks } = whole.number;
    whole.number = {
      ...candidate.number,
      runs: [...runs, ...candidate.number.runs],
      marks: [...marks, '|'],
    };
    whole.end = index;
  }
  return joined;
}

/** The numbers of a text, each with the signs beside it. */
export function findCandidates(tokens: readonly Token[], store: StoreFacts): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'NUMBER') continue;
    const behind = tokens[index + 1];
    const shift = isPowerBehind(behind) ? (powerOf(behind?.text ?? '') ?? 0) : 0;
    candidates.push({
      index,
      end: index,
      number: token.number,
      signs: [],
      isPrefixed: false,
      shift,
      upper: null,
      role: 'PLAIN',
      sum: null,
      currency: null,
    });
  }
  giveSigns(tokens, new Map(candidates.map((candidate) => [candidate.index, candidate])), store);
  return joinHundredths(tokens, candidates);
}
