import { Element, isTag } from 'domhandler';
import { absoluteUrl, type PageDocument, parsePage } from '../document/page-document.ts';
import type { PageToRead } from '../reading.ts';

/** Where a list goes on by the page's own `rel="next"`, on the same host alone. */
export function nextInDocument({ root, base, url }: PageDocument): string | null {
  const open = [...root.children].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (!isTag(node) || !(node instanceof Element)) continue;
    const isNext = /(^|\s)next(\s|$)/i.test(node.attribs.rel ?? '');
    if (isNext && (node.name === 'link' || node.name === 'a')) {
      const next = absoluteUrl(node.attribs.href ?? '', base);
      if (next !== null && new URL(next).host === new URL(url).host && next !== url) return next;
    }
    for (let index = node.children.length - 1; index >= 0; index -= 1) {
      const child = node.children[index];
      if (child) open.push(child);
    }
  }
  return null;
}

export const nextByRelation = ({ text, url }: PageToRead): string | null =>
  /^\s*[[{]/.test(text) ? null : nextInDocument(parsePage(text, url));
