import { findSign, type Sign } from './find-sign.ts';
import { rolesOf } from './price-words.ts';
import { readNumber, type WrittenNumber } from './read-number.ts';

interface Placed {
  /** No blank stands between it and what is before it. */
  readonly isGlued: boolean;
  /** As it stands, in lower case. */
  readonly text: string;
}

export type Token = Placed &
  (
    | { readonly type: 'NUMBER'; readonly number: WrittenNumber }
    | { readonly type: 'SIGN'; readonly sign: Sign }
    | { readonly type: 'WORD' }
    | { readonly type: 'MARK' }
  );

/** What a price tag may have: a longer text is cut. */
const mostTokens = 300;

const wordCharacter = /[\p{L}\p{M}]/u;
const unparted = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** A word, with the hyphens and apostrophes inside it; in scripts without blanks one run of letters. */
function wordEnd(text: string, lower: string, start: number): number {
  let end = start + 1;
  while (end < text.length) {
    const character = text[end] ?? '';
    const isJoined = /['"]/.test(character) && wordCharacter.test(text[end + 1] ?? '');
    if (!wordCharacter.test(character) && !isJoined) break;
    if (unparted.test(character) && findSign(text, lower, end) !== null) break;
    end += 1;
  }
  return end;
}

function tokenAt(
  text: string,
  lower: string,
  start: number,
  before: Token | undefined,
  isGlued: boolean,
): { token: Token; end: number } {
  const number = readNumber(text, start, isGlued && before?.type === 'WORD');
  if (number !== null) {
    const { end } = number;
    return { token: { type: 'NUMBER', number, isGlued, text: text.slice(start, end) }, end };
  }
  const sign = findSign(text, lower, start);
  if (sign !== null) {
    const { end } = sign;
    return { token: { type: 'SIGN', sign, isGlued, text: lower.slice(start, end) }, end };
  }
  if (wordCharacter.test(text[start] ?? '')) {
    const end = wordEnd(text, lower, start);
    return { token: { type: 'WORD', isGlued, text: lower.slice(start, end) }, end };
  }
  return { token: { type: 'MARK', isGlued, text: text[start] ?? '' }, end: start + 1 };
}

/** `TRY 1.299` is a sum in liras where the text has no other word to be a sentence with. */
function believeCodes(tokens: Token[]): Token[] {
  if (tokens.some(({ type, text }) => type === 'WORD' && rolesOf(text).size === 0)) return tokens;
  const standsBeside = (at: number): boolean => {
    const next = tokens[at + 1];
    return tokens[at - 1]?.type === 'NUMBER' || (next?.type === 'NUMBER' && next.number.marks.length > 0);
  };
  return tokens.map((token, at) =>
    token.type === 'SIGN' && token.sign.isWeak && token.sign.otherwise !== null && standsBeside(at)
      ? { ...token, sign: { ...token.sign, isWeak: false } }
      : token,
  );
}

/** A normalised text in the pieces that a price tag is made of. */
export function tokensOf(text: string): Token[] {
  const lower = text.toLowerCase();
  const tokens: Token[] = [];
  let isGlued = false;
  for (let at = 0; at < text.length && tokens.length < mostTokens; ) {
    if (text[at] === ' ') {
      isGlued = false;
      at += 1;
      continue;
    }
    const { token, end } = tokenAt(text, lower, at, tokens.at(-1), isGlued);
    tokens.push(token);
    at = end;
    isGlued = true;
  }
  return believeCodes(tokens);
}
