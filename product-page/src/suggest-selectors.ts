import { parsePage } from './document/page-document.ts';
import type { PageField, PageToRead, ReadingRules, SelectorFinding } from './reading.ts';
import type { FieldRules } from './selector/field-value.ts';
import { findField } from './selector/find-field.ts';
import type { SelectablePage } from './selector/select.ts';
import { TimeBox } from './selector/time-box.ts';
import { pageClaims } from './source/page-claims.ts';
import { type PriceElement, priceElements } from './suggestion/price-elements.ts';
import { selectorsOf } from './suggestion/selector-of.ts';

/** Somebody waits for it. */
const suggestMs = 2_000;
const mostPrices = 5;
const mostLookedAt = 15;

/** What most pages have for the other fields. */
const usual: readonly (readonly [field: PageField, selector: string])[] = [
  ['title', 'css:h1'],
  ['title', 'attr:meta[property="og:title"]::content'],
  ['image', 'attr:meta[property="og:image"]::content'],
];

/** A selector of an element that finds its price first, not that of another. */
function selectorFor(
  page: SelectablePage,
  { element, text }: PriceElement,
  rules: FieldRules,
  box: TimeBox,
): SelectorFinding | null {
  for (const selector of selectorsOf(element)) {
    const finding = findField(page, 'price', `css:${selector}`, rules, box);
    if (finding.value !== null && finding.text === text) return finding;
  }
  return null;
}

/**
 * Selectors that may be right for a store, by what one of its pages looks like: for a person to choose from. What they find
 * is a guess, and nobody's price until somebody said so.
 */
export function suggestSelectors(page: PageToRead, rules: ReadingRules): SelectorFinding[] {
  const document = parsePage(page.text, page.url);
  const locale = rules.locale ?? document.language ?? undefined;
  const said = pageClaims(document, { locale, currency: rules.currency });
  const currency = said.find((one) => one.currency !== null)?.currency ?? rules.currency;
  const fieldRules: FieldRules = { locale, currency, base: document.base };
  const selectable: SelectablePage = { document, text: page.text };
  const box = new TimeBox(suggestMs);
  const found = new Map<string, SelectorFinding>();
  for (const element of priceElements(document).slice(0, mostLookedAt)) {
    const finding = found.size < mostPrices ? selectorFor(selectable, element, fieldRules, box) : null;
    if (finding !== null) found.set(finding.selector, finding);
  }
  const others = usual.map(([field, selector]) => findField(selectable, field, selector, fieldRules, box));
  return [...found.values(), ...others.filter(({ value }) => value !== null)];
}
