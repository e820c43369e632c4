import { parseJsonText } from '../document/json-text.ts';
import { parsePage } from '../document/page-document.ts';
import type { PageToRead } from '../reading.ts';
import { pageData } from '../selector/page-data.ts';

/** More than any page carries. */
const mostPushes = 2_000;
const push = 'self.__next_f.push(';

/** What a call is given: the script without the call's end. */
const argumentOf = (script: string): string => script.trimEnd().replace(/;$/, '').trimEnd().replace(/\)$/, '');

/** The texts that Next.js hands to its client in pieces: `self.__next_f.push([1,"…"])`. */
function pushedText(text: string): string {
  const parts: string[] = [];
  let at = text.indexOf(push);
  while (at !== -1 && parts.length < mostPushes) {
    const start = at + push.length;
    const end = text.indexOf('</script', start);
    // Each stands in a script of its own.
    if (end === -1) break;
    const value = parseJsonText(argumentOf(text.slice(start, end)));
    if (Array.isArray(value) && typeof value[1] === 'string') parts.push(value[1]);
    at = text.indexOf(push, end);
  }
  return parts.join('');
}

/** Its lines are a number, a colon and JSON, or something else that is passed over. */
function pushedValues(text: string): unknown[] {
  const values: unknown[] = [];
  for (const line of pushedText(text).split('\n')) {
    const json = /^[0-9a-f]{1,8}:(?=[[{])/.exec(line);
    if (json !== null) values.push(parseJsonText(line.slice(json[0].length)));
  }
  return values;
}

/** All JSON of a page: the page itself where it is data, else its data scripts, its state and what it streams. */
export function embeddedJson({ text, url }: PageToRead): unknown[] {
  if (/^\s*[[{]/.test(text)) return [parseJsonText(text)];
  return [...pageData(parsePage(text, url)), ...pushedValues(text)];
}
