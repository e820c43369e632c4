import { inOtherScript, type Spellings, spellingsOf } from './transliteration.ts';

/** What was typed into a search box, made ready for the database. */
export interface SearchText {
  /** The text in lower case, its white space and punctuation each one space. */
  readonly plain: string;
  /** The same in the other script, as most would write it. */
  readonly other: string;
  /** Each word in all spellings that it may have in the catalogue. */
  readonly words: readonly Spellings[];
  /** The text as a code without spaces and dashes; null when it is too long for one. */
  readonly code: string | null;
  /** Whether the last word may be unfinished. */
  readonly typing: boolean;
}

const longest = 200;
const mostWords = 8;
const longestCode = 64;

/** Null for text that says nothing at all; text of punctuation alone is a search that finds nothing. */
export function readSearchText(text: string | null | undefined): SearchText | null {
  // Cut before anything else: a box may send a book. Half a surrogate pair at the cut is not text.
  const cut = (text ?? '').slice(0, longest).toWellFormed().normalize('NFKC').toLowerCase();
  const readable = cut.replace(/[\p{C}\uFFFD]/gu, ' ').trim();
  if (readable === '') return null;
  const words = readable.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
  const code = readable.replace(/[\s-]/g, '');
  const spellings = words.slice(0, mostWords).map(spellingsOf);
  return {
    plain: words.join(' '),
    other: spellings.map(inOtherScript).join(' '),
    words: spellings,
    code: code.length <= longestCode ? code : null,
    typing: /[\p{L}\p{N}\p{M}]$/u.test(cut),
  };
}
