/** A store's selector, taken apart. */
export interface Selector {
  readonly kind: 'css' | 'attr' | 'json' | 'xpath' | 'regex';
  /** In the language of its kind. */
  readonly query: string;
  /** Of the elements found, instead of their text. */
  readonly attribute: string | null;
}

/** What is wrong with a selector, as a sentence for the owner of the store. */
export class SelectorError extends Error {
  readonly code = 'INVALID_SELECTOR';
}

export const maxSelectorLength = 1_000;

/** `::content` at the end, or `::attr(content)` as some tools write it; `::text` is what is taken anyway. */
const attributeSuffix = /::(?:attr\(\s*([\w:.-]+)\s*\)|([\w:.-]+))\s*$/;

function withAttribute(kind: 'css' | 'attr', rest: string): Selector {
  const match = attributeSuffix.exec(rest);
  const name = match?.[1] ?? match?.[2];
  const query = (match ? rest.slice(0, match.index) : rest).trim();
  if (query === '') throw new SelectorError('It selects nothing: a CSS selector is needed.');
  if (kind === 'attr' && name === undefined) {
    throw new SelectorError('It names no attribute: write attr:selector::attribute.');
  }
  return { kind, query, attribute: name === undefined || name === 'text' ? null : name.toLowerCase() };
}

/** Takes a selector apart by its prefix. Throws SelectorError. */
export function parseSelector(text: string): Selector {
  if (text.length > maxSelectorLength) throw new SelectorError(`It is longer than ${maxSelectorLength} characters.`);
  const [, prefix = '', rest = ''] = /^\s*(\w+):([\s\S]*)$/.exec(text) ?? [];
  const kind = prefix.toLowerCase();
  const query = rest.trim();
  switch (kind) {
    case 'css':
    case 'attr':
      return withAttribute(kind, query);
    case 'json':
    case 'xpath':
    case 'regex':
      if (query === '') throw new SelectorError('It selects nothing.');
      return { kind, query, attribute: null };
    default:
      throw new SelectorError('A selector begins with css:, attr:, json:, xpath: or regex:.');
  }
}
