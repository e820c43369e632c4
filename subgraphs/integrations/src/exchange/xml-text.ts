const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What no XML may hold, not even escaped: control characters, and halves of characters. */
const unfit = /[^\t\n\r\P{Cc}]|[\ufffe\uffff]/gu;

const xmlText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(unfit, '')
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? '');

/** Elements of a text each; what is null or empty is left out. */
export const xmlTexts = (texts: Readonly<Record<string, string | null>>): string =>
  Object.entries(texts)
    .filter(([, text]) => text !== null && text !== '')
    .map(([name, text]) => `<${name}>${xmlText(text ?? '')}</${name}>`)
    .join('');

/** An element of elements. */
export const xmlElement = (name: string, ...children: readonly string[]): string =>
  `<${name}>${children.join('')}</${name}>`;
