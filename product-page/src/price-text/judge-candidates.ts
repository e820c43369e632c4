import type { Candidate, CandidateRole } from './candidate.ts';
import { rolesOf, type WordRole } from './price-words.ts';
import type { Token } from './tokens.ts';

/** How far a word may stand from the sum that it speaks of. */
const reach = 6;

const hasRole = (token: Token | undefined, ...roles: readonly WordRole[]): boolean =>
  token !== undefined &&
  token.type !== 'NUMBER' &&
  roles.some((role) => rolesOf(token.text.replace(/\.$/, '')).has(role));

/** What a word before a sum makes of it, the strongest first. */
const spoken: readonly (readonly [WordRole, CandidateRole])[] = [
  ['SHIPPING', 'ASIDE'],
  ['SAVING', 'ASIDE'],
  ['OLD', 'OLD'],
  ['PAYMENTS', 'INSTALMENT'],
  ['MONTHLY', 'INSTALMENT'],
  ['FROM', 'FROM'],
  ['NOW', 'NOW'],
  ['UP_TO', 'ASIDE'],
];

/** `20 % off`, `%20 indirim`: the word is a percentage's. */
const speaksOfShare = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.text === '%' || (tokens[at - 1]?.type === 'NUMBER' && tokens[at - 2]?.text === '%');

/** The nearest word before it that speaks of sums. */
function spokenBefore(tokens: readonly Token[], { index, signs }: Candidate): CandidateRole {
  for (let at = index - 1; at >= Math.max(0, index - reach); at -= 1) {
    const token = tokens[at];
    if (token?.type === 'NUMBER' && !hasRole(tokens[at + 1], 'UNIT')) break;
    if (token?.type === 'SIGN' && signs.includes(token.sign)) continue;
    if (hasRole(token, 'RATE') && hasRole(tokens[at - 1], 'PER')) return 'PER_UNIT';
    const found = spoken.find(([role]) => hasRole(token, role));
    if (found !== undefined && !speaksOfShare(tokens, at)) return found[1];
  }
  return 'PLAIN';
}

/** The first token behind a sum and its signs. */
function behind(tokens: readonly Token[], { end, signs }: Candidate): number {
  let at = end + 1;
  while (tokens[at] !== undefined && isOwn(tokens[at], signs)) at += 1;
  return at;
}

const isOwn = (token: Token | undefined, signs: Candidate['signs']): boolean =>
  (token?.type === 'SIGN' && signs.includes(token.sign)) || token?.text === '*';

/** `/kg`, `per month`: what a sum is for. */
function paidFor(tokens: readonly Token[], at: number): CandidateRole | null {
  const isPer = tokens[at]?.text === '/' || hasRole(tokens[at], 'PER');
  if (hasRole(tokens[at], 'MONTHLY')) return 'INSTALMENT';
  if (!isPer) return null;
  const amount = tokens[at + 1]?.type === 'NUMBER' ? 1 : 0;
  const named = tokens[at + 1 + amount];
  if (hasRole(named, 'RATE')) return 'PER_UNIT';
  return amount === 0 && hasRole(named, 'PERIOD', 'MONTHLY') ? 'INSTALMENT' : null;
}

/** `$5 off`, `4,99 € Versand`: no number follows that the word could speak of. */
function isAside(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return (
    hasRole(tokens[at], 'OFF', 'SHIPPING') && next?.type !== 'NUMBER' && next?.type !== 'SIGN' && next?.text !== ':'
  );
}

function spokenBehind(tokens: readonly Token[], candidate: Candidate): CandidateRole | null {
  const at = behind(tokens, candidate);
  const paid = paidFor(tokens, at);
  if (paid !== null) return paid;
  if (isAside(tokens, at)) return 'ASIDE';
  const next = tokens[at];
  const isOpenEnd = next?.text === '~' && tokens[at + 1] === undefined;
  return isOpenEnd || (hasRole(next, 'FROM') && next?.isGlued === true) ? 'FROM' : null;
}

/** `10:30`. */
const isTime = (tokens: readonly Token[], index: number): boolean =>
  [index - 2, index].some(
    (first) =>
      tokens[first]?.type === 'NUMBER' &&
      tokens[first + 1]?.text === ':' &&
      tokens[first + 1]?.isGlued === true &&
      tokens[first + 2]?.type === 'NUMBER' &&
      tokens[first + 2]?.isGlued === true,
  );

/** A percentage, a measure, a part of a name: no money, whatever it counts. */
function isNoMoney(tokens: readonly Token[], { index, signs, shift, number }: Candidate): boolean {
  const before = tokens[index - 1];
  const next = tokens[index + 1];
  if (next?.text === '%' || (before?.text === '%' && tokens[index]?.isGlued === true)) return true;
  if (isTime(tokens, index)) return true;
  if (signs.length > 0) return false;
  if (before?.text === '#' || before?.text === '№') return true;
  const isBare = number.marks.length === 0;
  if (tokens[index]?.isGlued === true && before?.type === 'WORD' && (isBare || !rolesOf(before.text).size)) return true;
  if (hasRole(next, 'UNIT', 'RATE', 'PERIOD', 'PAYMENTS', 'TIMES')) return true;
  if (next?.isGlued !== true) return false;
  // `1080p` where no pence are.
  return (
    (next.type === 'SIGN' && next.sign.isMinor) ||
    (next.type === 'WORD' && shift === 0 && (isBare || !rolesOf(next.text).size))
  );
}

/** `-5,00 €` and `+ 4,99 €` come off or on top. */
function isChange(tokens: readonly Token[], { index, isPrefixed }: Candidate): boolean {
  let at = index - 1;
  while (isPrefixed && tokens[at]?.type === 'SIGN') at -= 1;
  const mark = tokens[at];
  if (mark?.text === '+') return true;
  if (mark?.text !== '-' || tokens[at + 1]?.isGlued !== true) return false;
  return !mark.isGlued;
}

/** `12 x 99,90`, `2 for £5`, `4.5 out of 5`: what stands between two numbers says what both are. */
function judgePair(tokens: readonly Token[], one: Candidate, other: Candidate): void {
  const between = tokens.slice(one.end + 1, other.index).filter((token) => token.type !== 'SIGN');
  const isCount = one.signs.length === 0 && one.number.marks.length === 0;
  const [first] = between;
  if (hasRole(first, 'TIMES') && between.length <= 3) {
    const isReversed = one.signs.length > 0 && other.signs.length === 0 && other.number.marks.length === 0;
    if (isCount) other.role = 'INSTALMENT';
    if (isReversed) one.role = 'INSTALMENT';
    if (isCount) one.role = 'NONE';
    if (isReversed) other.role = 'NONE';
  }
  if (isCount && between.length === 1 && /^(for|für|за|pour|por|voor|för|za|\/)$/.test(first?.text ?? '')) {
    one.role = 'NONE';
    other.role = 'ASIDE';
  }
  const areBare = one.signs.length === 0 && other.signs.length === 0;
  const isRating =
    between.length > 0 && between.every((token) => token.text === '/' || hasRole(token, 'OF')) && areBare;
  if (isRating && ['5', '6', '10', '100'].includes(other.number.runs.join('.'))) {
    one.role = 'NONE';
    other.role = 'NONE';
  }
}

/** `X – Y`, `X bis Y`, `from X to Y`. */
function isRange(tokens: readonly Token[], one: Candidate, other: Candidate): boolean {
  const between = tokens.slice(one.end + 1, other.index).filter((token) => token.type !== 'SIGN');
  if (between.length > 1 && between.every(({ text }) => text === '.')) return true;
  const [joint] = between;
  if (between.length !== 1 || joint === undefined) return false;
  const isDash = joint.text === '-' || joint.text === '~' || hasRole(joint, 'RANGE');
  return isDash && tokens[other.end + 1]?.text !== '%';
}

/** Says of each candidate what the words around it make of it, and joins the two ends of ranges. */
export function judgeCandidates(tokens: readonly Token[], candidates: readonly Candidate[]): void {
  for (const candidate of candidates) {
    candidate.role = spokenBehind(tokens, candidate) ?? spokenBefore(tokens, candidate);
    if (tokens[candidate.index - (candidate.isPrefixed ? 2 : 1)]?.text === '=') candidate.role = 'PER_UNIT';
    if (isChange(tokens, candidate)) candidate.role = 'ASIDE';
    if (isNoMoney(tokens, candidate)) candidate.role = 'NONE';
  }
  for (const [at, one] of candidates.entries()) {
    const other = candidates[at + 1];
    if (other === undefined) continue;
    judgePair(tokens, one, other);
    if (one.role === 'NONE' || other.role === 'NONE' || !isRange(tokens, one, other)) continue;
    one.upper = other;
    if (one.signs.length === 0) one.signs.push(...other.signs);
    if (other.signs.length === 0) other.signs.push(...one.signs);
  }
}
