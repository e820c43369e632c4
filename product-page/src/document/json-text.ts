import { decodeHTML } from 'entities';
import { jsonrepair } from 'jsonrepair';

/** Beyond this a text that is no JSON is left alone. */
const maxRepaired = 1_000_000;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function repair(text: string): unknown {
  // A text that breaks off would be closed wherever it broke: 129.99 as 12.
  if (text.length > maxRepaired || !/[}\]]$/.test(text)) return undefined;
  try {
    return parse(jsonrepair(text));
  } catch (error) {
    // It says so when there is nothing to repair; what is nested too deep exhausts it.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

const withoutWrapping = (text: string): string =>
  text
    .trim()
    .replace(/^(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)+/, '')
    .replace(/(?:\/\/\s*)?(?:-->|\/\*\s*\]\]>\s*\*\/|\]\]>)$/, '')
    .trim()
    .replace(/;$/, '');

/**
 * JSON as pages have it: in comments, with raw line breaks in its texts, commas too many, or its quotation marks as entities.
 * Undefined where it is beyond that.
 */
export function parseJsonText(text: string): unknown {
  const exact = parse(text);
  if (exact !== undefined) return exact;
  const bare = withoutWrapping(text);
  if (!/^[[{]/.test(bare)) return undefined;
  // Control characters are the most frequent fault, and mean a space both in a text and between texts.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const clean = bare.replace(/[\u0000-\u001f]+/g, ' ');
  const found = parse(clean);
  if (found !== undefined) return found;
  if (!clean.includes('"') && clean.includes('&quot;')) return parse(decodeHTML(clean)) ?? repair(decodeHTML(clean));
  return repair(clean);
}
