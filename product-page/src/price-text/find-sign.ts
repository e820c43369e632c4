import { anyCaseCodes, currencyCodes, wordlikeCodes } from './currency-facts.ts';
import { exactSigns, minorSigns, signs, weakSigns } from './currency-signs.ts';

/** A currency's sign in a text. */
export interface Sign {
  /** What it may mean. */
  readonly currencies: readonly string[];
  /** What it means where nobody says; null for unknown. */
  readonly otherwise: string | null;
  /** Worth believing only where the store says so. */
  readonly isWeak: boolean;
  /** Names hundredths. */
  readonly isMinor: boolean;
  /** Where the text goes on after it. */
  readonly end: number;
}

type KnownSign = Omit<Sign, 'end'>;
type Rows = typeof signs;

/** Signs by their first letter, the longest first. */
type SignIndex = ReadonlyMap<string, readonly (readonly [text: string, sign: KnownSign])[]>;

function indexed(rows: Rows, isWeak: boolean, isMinor: boolean): SignIndex {
  const index = new Map<string, [string, KnownSign][]>();
  for (const [currencies, otherwise, texts] of rows) {
    const sign = { currencies: currencies === '' ? [] : currencies.split(' '), otherwise, isWeak, isMinor };
    for (const text of texts.split(' ').map((part) => part.replaceAll('~', ' ').normalize('NFKC'))) {
      const [first = ''] = text;
      index.set(first, [...(index.get(first) ?? []), [text, sign]]);
    }
  }
  for (const entries of index.values()) entries.sort(([one], [other]) => other.length - one.length);
  return index;
}

const exact = indexed(exactSigns, false, false);
const anyCase = indexed(signs, false, false);
const minor = indexed(minorSigns, false, true);
const weak = indexed(weakSigns, true, false);

const letter = /[\p{L}\p{M}]/u;
/** Scripts that part no words. */
const unparted =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}]/u;
const moneySign = /\p{Sc}/u;

const isLetter = (text: string | undefined): boolean => text !== undefined && letter.test(text);

/** A word ends where no letter follows; `kr.` and `Rs.` take their point along. */
function endOf(text: string, start: number, length: number): number | null {
  const end = start + length;
  const last = text[end - 1] ?? '';
  if (!isLetter(last) || unparted.test(last)) return end;
  if (isLetter(text[end]) && !unparted.test(text[end] ?? '')) return null;
  return text[end] === '.' && text[end + 1] !== '.' ? end + 1 : end;
}

function findIn(index: SignIndex, text: string, spelled: string, start: number): Sign | null {
  for (const [candidate, sign] of index.get(spelled[start] ?? '') ?? []) {
    if (!spelled.startsWith(candidate, start)) continue;
    const end = endOf(text, start, candidate.length);
    if (end !== null) return { ...sign, end };
  }
  return null;
}

/** `EUR`, or `eur` where that is no word. */
function findCode(text: string, start: number): Sign | null {
  const code = text.slice(start, start + 3);
  const upper = code.toUpperCase();
  if (!currencyCodes.has(upper)) return null;
  if (code !== upper && !anyCaseCodes.has(upper)) return null;
  const end = endOf(text, start, 3);
  return end === null
    ? null
    : { currencies: [upper], otherwise: upper, isWeak: wordlikeCodes.has(upper), isMinor: false, end };
}

/** The currency sign that begins at a place of a normalised text; `lower` is the same text in lower case. */
export function findSign(text: string, lower: string, start: number): Sign | null {
  if (isLetter(text[start]) && isLetter(text[start - 1]) && !unparted.test(text[start - 1] ?? '')) return null;
  const found =
    findIn(anyCase, text, lower, start) ??
    findCode(text, start) ??
    findIn(exact, text, text, start) ??
    findIn(minor, text, lower, start) ??
    findIn(weak, text, text, start);
  if (found !== null) return found;
  if (!moneySign.test(text[start] ?? '')) return null;
  return { currencies: [], otherwise: null, isWeak: false, isMinor: false, end: start + 1 };
}
