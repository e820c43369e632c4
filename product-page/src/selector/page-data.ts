import { type AnyNode, Element } from 'domhandler';
import { parseJsonText } from '../document/json-text.ts';
import { type PageDocument, textOf } from '../document/page-document.ts';
import { pushElements } from '../document/push-children.ts';

/** State that a page hands to its scripts: `window.__STATE__ = {…}`. */
const assignment =
  /(?:^|[\s;{(])(?:(?:window|self|globalThis)\s*(?:\.\s*([\w$]+)|\[\s*["']([\w$]+)["']\s*\])|(?:var|let|const)\s+([\w$]+))\s*=\s*(?=[[{])/g;
const maxAssignments = 50;
const maxScript = 5_000_000;

/** Where the object or list that begins here ends; -1 where it does not. */
function endOf(text: string, from: number): number {
  let depth = 0;
  let quote = '';
  for (let index = from; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\\') index += 1;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return -1;
}

function assigned(script: string): unknown[] {
  const found: unknown[] = [];
  let from = 0;
  for (const match of script.slice(0, maxScript).matchAll(assignment)) {
    const start = match.index + match[0].length;
    // What stands within a state that was read belongs to it.
    if (start < from || found.length >= maxAssignments) continue;
    const end = endOf(script, start);
    if (end === -1) break;
    const value = parseJsonText(script.slice(start, end));
    if (value === undefined) continue;
    from = end;
    found.push(value);
  }
  return found;
}

function scriptsOf(page: PageDocument): string[] {
  const scripts: string[] = [];
  const open: AnyNode[] = [page.root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node instanceof Element && node.name === 'script') {
      if (/^(|module|(text|application)\/(java|ecma)script)$/.test(node.attribs.type?.trim().toLowerCase() ?? ''))
        scripts.push(textOf(node));
    } else {
      pushElements(open, node);
    }
  }
  return scripts;
}

/** The data of a page, in the order in which a path is tried: its own JSON, that of its data scripts, its ld+json, its state. */
export function* pageData(page: PageDocument): Generator<unknown> {
  for (const text of [...page.embeddedData, ...page.linkedData]) {
    const value = parseJsonText(text);
    if (value !== undefined) yield value;
  }
  for (const script of scriptsOf(page)) yield* assigned(script);
}
