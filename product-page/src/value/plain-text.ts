import { decodeHTML } from 'entities';

const maxLength = 1_000;

/** A text as it is kept: entities read, on one line, not beyond what a title can be; null where nothing is left. */
export function plainText(text: string): string | null {
  const decoded = /&[#\w]{1,32};/.test(text) ? decodeHTML(text.slice(0, 4 * maxLength)) : text;
  const line = decoded
    .slice(0, 4 * maxLength)
    .replace(/[\s\u00a0\u200b\ufeff]+/g, ' ')
    .trim();
  return line === '' ? null : line.slice(0, maxLength);
}
