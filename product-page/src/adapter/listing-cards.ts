import { type AnyNode, Element, isTag } from 'domhandler';
import { absoluteUrl, lineOf, type PageDocument } from '../document/page-document.ts';
import { isAskedPrice } from '../price-text/price-kind.ts';
import { readPriceText } from '../price-text/read-price-text.ts';
import { plainText } from '../value/plain-text.ts';
import type { CardRules, FoundListing } from './market-adapter.ts';

/** More than a page shows. */
const mostCards = 1_000;
const mostInCard = 200;
const longestName = 500;
const sold = /(^|\s)(sold|sold out|売り切れ|売り切れました)(\s|$)/i;
/** What readers of the screen are told beside the name. */
const besideName = /\s*の(?:サムネイル|画像)(?:\s.*)?$|\s*(?:[¥￥$£€]\s?[\d.,]+|[\d.,]+\s?円)$/u;

function elementsIn(root: AnyNode, most = Number.POSITIVE_INFINITY): Element[] {
  const found: Element[] = [];
  const open: AnyNode[] = [root];
  for (let node = open.pop(); node && found.length < most; node = open.pop()) {
    if (node instanceof Element) found.push(node);
    if (!('children' in node)) continue;
    for (let index = node.children.length - 1; index >= 0; index -= 1) {
      const child = node.children[index];
      if (child && isTag(child)) open.push(child);
    }
  }
  return found;
}

/** The link, or what stands around it alone: not around other listings as well. */
function cardOf(link: Element, links: ReadonlySet<Element>): Element {
  const above = link.parent;
  if (!(above instanceof Element)) return link;
  const around = elementsIn(above, mostInCard);
  const isAlone = around.length < mostInCard && around.filter((element) => links.has(element)).length === 1;
  return isAlone ? above : link;
}

function listingOf(card: Element, name: string, base: string, rules: CardRules): FoundListing {
  const text = lineOf(card);
  const price = readPriceText(text, rules);
  const asked = price !== null && isAskedPrice(price.kind) && price.currency !== null ? price : null;
  const elements = elementsIn(card);
  const picture = elements.find(({ name }) => name === 'img');
  const label = elements.map(({ attribs }) => attribs['aria-label']).find((one) => one !== undefined && one !== '');
  const isSold = sold.test(text) || elements.some(({ attribs }) => sold.test(attribs['aria-label'] ?? ''));
  return {
    id: name,
    url: rules.addressOf(name),
    title: plainText((picture?.attribs.alt || label || '').slice(0, longestName).replace(besideName, '')),
    price: asked?.amount ?? null,
    oldPrice: asked?.oldAmount ?? null,
    currency: asked?.currency ?? null,
    image: absoluteUrl(picture?.attribs.src ?? '', base),
    availability: isSold ? 'SOLD' : null,
    condition: null,
    size: null,
    seller: null,
  };
}

/** What names the listing that a link leads to; null for any other link. */
function nameOf({ name, attribs }: Element, { base, url }: PageDocument, { path }: CardRules): string | null {
  const address = name === 'a' ? absoluteUrl(attribs.href ?? '', base) : null;
  if (address === null || new URL(address).host !== new URL(url).host) return null;
  return path.exec(new URL(address).pathname)?.[1] ?? null;
}

/** What a page that was rendered shows as cards, where it carries no data: each link to a listing, and what it says. */
export function listingCards(document: PageDocument, rules: CardRules): FoundListing[] {
  const names = new Map<Element, string>();
  for (const element of elementsIn(document.root)) {
    const name = names.size < mostCards ? nameOf(element, document, rules) : null;
    if (name !== null) names.set(element, name);
  }
  const links = new Set(names.keys());
  const found = new Map<string, FoundListing>();
  for (const [link, name] of names) {
    const listing = listingOf(cardOf(link, links), name, document.base, rules);
    const before = found.get(name);
    if (before === undefined || (before.price === null && listing.price !== null)) found.set(name, listing);
  }
  return [...found.values()];
}
