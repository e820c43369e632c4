import { type AnyNode, Element, isText } from 'domhandler';
import type { PageDocument } from '../document/page-document.ts';
import { pushChildren } from '../document/push-children.ts';
import type { PriceTextRules } from '../price-text/price-kind.ts';
import { readPriceText } from '../price-text/read-price-text.ts';
import { askedPrice, type Price } from '../value/structured-price.ts';

const struckTag = /^(del|s|strike)$/;
const oldName =
  /(^|[\s_-])(old|was|original|previous|regular|list|crossed|barred|strike(d|through)?|strikethrough|compare)([\s_-]|$)/i;
const unseen = /^(script|style|template|noscript|select|title)$/;
/** How far above a text the element may be that says that it is old, and how far above that the new price stands. */
const markedWithin = 3;
const pairedWithin = 2;
/** A price with its words; what is longer is a paragraph. */
const maxText = 60;
const maxLooked = 200_000;

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** The digits that a price is shown by, with its cents and, where they are none, without. */
function shownDigits({ amount }: Price): ReadonlySet<string> {
  const [whole = '', fraction = ''] = amount.split('.');
  return new Set(fraction === '' ? [whole, `${whole}00`] : [`${whole}${fraction}`]);
}

/** Texts of the page that show these digits, and no others. */
function textsShowing(digits: ReadonlySet<string>, page: PageDocument): AnyNode[] {
  const found: AnyNode[] = [];
  const open: AnyNode[] = [page.root];
  for (let node = open.pop(), looked = 0; node && looked < maxLooked; node = open.pop(), looked += 1) {
    if (isText(node)) {
      if (node.data.length < 200 && node.data.trim().length <= maxText && digits.has(digitsOf(node.data)))
        found.push(node);
    } else if (!(node instanceof Element && unseen.test(node.name))) {
      pushChildren(open, node);
    }
  }
  return found;
}

/** The element above a text that says that it is an old price. */
function oldMark(text: AnyNode): Element | null {
  let above = text.parent;
  for (let steps = 0; above instanceof Element && steps < markedWithin; steps += 1, above = above.parent) {
    if (struckTag.test(above.name) || oldName.test(above.attribs.class ?? '')) return above;
  }
  return null;
}

/** What is shown beside an element, in the box that they share. */
function beside(element: Element): string {
  let box: AnyNode = element;
  for (let steps = 0; steps < pairedWithin && box.parent instanceof Element; steps += 1) box = box.parent;
  const parts: string[] = [];
  const open: AnyNode[] = [box];
  for (let node = open.pop(); node && parts.length < 50; node = open.pop()) {
    if (node === element) continue;
    if (isText(node)) parts.push(node.data.slice(0, maxText));
    else if (!(node instanceof Element && unseen.test(node.name))) pushChildren(open, node);
  }
  return parts.join(' ').replace(/\s+/g, ' ').trim();
}

/**
 * Whether the page itself shows a price as one that is no longer asked: nowhere but struck through or called old, with a
 * lower one beside it. Data for machines are forgotten more easily than what people see.
 */
export function isStruck(price: Price, page: PageDocument, rules: PriceTextRules): boolean {
  const shown = textsShowing(shownDigits(price), page);
  const marks = shown.map(oldMark);
  if (marks.length === 0 || marks.includes(null)) return false;
  const within: PriceTextRules = { ...rules, currency: price.currency ?? rules.currency };
  return marks.some((mark) => {
    const lower = mark === null ? null : askedPrice(readPriceText(beside(mark).slice(0, 300), within));
    return lower !== null && Number(lower.amount) > 0 && Number(lower.amount) < Number(price.amount);
  });
}
