import { type AnyNode, Element, isText } from 'domhandler';

const unseen = /^(script|style|template|noscript)$/;
const struck = /^(del|s|strike)$/;
/** Cents that are set smaller, with the decimal mark left out. */
const cents = /(^|[\s_-])(cents?|fraction|decimals?|kopecks?|kopeyki|grosze)([\s_-]|$)/i;

const areCents = (element: Element): boolean => element.name === 'sup' || cents.test(element.attribs.class ?? '');

/** Text between two texts of different elements: nothing, as it is shown, but where two numbers would become one. */
function joint(before: string, after: string, isFraction: boolean): string {
  if (!/\d$/.test(before) || !/^\d/.test(after)) return '';
  return isFraction && /^\d{2}(?!\d)/.test(after) ? '.' : ' ';
}

/** What is longer is no price. */
const maxLength = 5_000;

interface Line {
  text: string;
  isFraction: boolean;
}

function write(node: AnyNode, line: Line, withStruck: boolean): void {
  if (line.text.length > maxLength) return;
  if (isText(node)) {
    line.text += joint(line.text, node.data, line.isFraction) + node.data;
    line.isFraction = false;
    return;
  }
  if (!('children' in node)) return;
  if (node instanceof Element) {
    if (unseen.test(node.name) || (!withStruck && struck.test(node.name))) return;
    if (areCents(node)) line.isFraction = true;
    if (node.name === 'br') line.text += ' ';
  }
  for (const child of node.children) write(child, line, withStruck);
}

function lineOf(nodes: readonly AnyNode[], withStruck: boolean): string {
  const line: Line = { text: '', isFraction: false };
  for (const node of nodes) write(node, line, withStruck);
  return line.text.replace(/\s+/g, ' ').trim();
}

/** The price text of elements: their parts joined as they are seen, without what is struck through, unless all of it is. */
export const priceLine = (...elements: readonly AnyNode[]): string => lineOf(elements, false) || lineOf(elements, true);
