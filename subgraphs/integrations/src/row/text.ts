import { decodeHTMLStrict } from 'entities';

export interface TextRule {
  /** `line`, a single line of words · `prose`, several lines · `code`, an identifier, in which `&` is only a character. */
  readonly kind: 'line' | 'prose' | 'code';
}

/**
 * Words with one space between them, of printable ASCII (without `&`), Latin and Cyrillic letters, quotes and dashes: most
 * of what comes, and nothing that cleaning would change.
 */
const letter = String.raw`[!-%'-~\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u04ff\u2010-\u2027\u20a0-\u20bf\u2116]`;
const tidy = new RegExp(`^${letter}(?: ?${letter})*$`);

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad]/g;
/** What is or looks like a space: `\s` has NBSP, thin spaces and the BOM, but not the zero-width ones. */
const spaces = /[\s\u200b\u2060]+/g;
const spacesInLine = /[^\S\n]+|[\u200b\u2060]+/g;

const oneLine = (text: string): string => text.replace(spaces, ' ').replace(control, '').trim();

const lines = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(spacesInLine, ' ')
    .replace(control, '')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/**
 * Text as a person would have typed it: HTML entities read (once, and only those that end in `;`, so that `AT&T` and
 * `&notit` stay), spaces of all kinds trimmed and collapsed, control characters and soft hyphens gone, half surrogate
 * pairs replaced, letters composed (NFC: `й` is one character). Cleaning twice changes nothing more, but for entities.
 */
export function cleanText(raw: string, { kind }: TextRule): string {
  if (tidy.test(raw)) return raw;
  const decoded = kind !== 'code' && raw.includes('&') ? decodeHTMLStrict(raw) : raw;
  const composed = decoded.toWellFormed().normalize('NFC');
  return kind === 'prose' ? lines(composed) : oneLine(composed);
}

const anySpace = /\s/g;

/** A barcode as it is printed, `4 607001 234567`, without its spaces. A bad check digit is kept: the label has it too. */
export const cleanBarcode = (raw: string): string => cleanText(raw, { kind: 'code' }).replace(anySpace, '');
