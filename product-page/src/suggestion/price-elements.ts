import { type AnyNode, Element } from 'domhandler';
import type { PageDocument } from '../document/page-document.ts';
import { pushElements } from '../document/push-children.ts';
import { priceLine } from '../selector/price-line.ts';

/** How shops call the place of a price, in class names, ids and the like: as a word, or the end of one. */
const priceWord = /(price|preis|prix|precio|preco|prezzo|cena|cijena|hind|hinta|pris|tsena|stoimost)s?$/;
/** Prices that are not the product's, or no longer. */
const otherPrice =
  /^(old|was|before|list|regular|strike|striked|crossed|barred|full|discount|discounts|saved?|saving|savings|shipping|delivery|instal\w*|month|monthly|unit|per|bonus|tax|filter|range|slider|min|max|loyalty|original)(price|preis|prix)?$|^price(old|was|before|full)$/;
/** Parts of a page that are about other products, or about none. */
const otherPart =
  /^(related|recommend\w*|similar|also|carousel|slider|upsell|cross|crosssell|recent|recently|viewed|basket|minicart|cart|teaser|footer|breadcrumbs?|reviews?|menu|nav|navigation|navbar)$/;
const otherTags: ReadonlySet<string> = new Set([
  'script',
  'style',
  'template',
  'nav',
  'footer',
  'select',
  'noscript',
  'head',
]);

/** A longer text is a part of the page, not a price in it. */
const maxPriceText = 80;
const maxLooked = 50_000;

export interface PriceElement {
  readonly element: Element;
  readonly text: string;
  /** Elements between the page's heading and this one, in the order of the page. */
  readonly distance: number;
}

/** The words in what an element is called: `oldPrice` and `old-price` are two. */
function wordsOf({ attribs }: Element): string[] {
  const names = [attribs.class, attribs.id, attribs.itemprop, attribs['data-testid'], attribs['data-qa']];
  const name = names.filter((one) => one !== undefined).join(' ');
  return name
    .slice(0, 300)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}

const areOthers = (element: Element, words: readonly string[]): boolean =>
  otherTags.has(element.name) ||
  (element.name !== 'body' && element.name !== 'html' && words.some((word) => otherPart.test(word)));

const isPrice = (words: readonly string[]): boolean =>
  words.some((word) => priceWord.test(word)) && !words.some((word) => otherPrice.test(word));

/** Elements that are called a price and look like one, those near the page's heading first. */
export function priceElements(page: PageDocument): PriceElement[] {
  const found: (PriceElement & { readonly at: number })[] = [];
  const [heading] = page.headings;
  let headingAt = 0;
  let at = 0;
  const open: AnyNode[] = [page.root];
  for (let node = open.pop(); node && at < maxLooked; node = open.pop()) {
    at += 1;
    if (node === heading) headingAt = at;
    if (node instanceof Element) {
      const words = wordsOf(node);
      if (areOthers(node, words)) continue;
      const text = isPrice(words) ? priceLine(node) : '';
      if (/\d/.test(text) && text.length <= maxPriceText) found.push({ element: node, text, distance: 0, at });
    }
    pushElements(open, node);
  }
  // What stands above the heading is seldom the product's.
  const distanceOf = (position: number): number =>
    position < headingAt ? 2 * (headingAt - position) + 100 : position - headingAt;
  return found
    .map(({ at: position, ...rest }) => ({ ...rest, distance: distanceOf(position) }))
    .sort((one, other) => one.distance - other.distance);
}
