import { parsePage } from './document/page-document.ts';
import { type PageToRead, pageFields, type ReadingRules, type SelectorFinding } from './reading.ts';
import { findField } from './selector/find-field.ts';
import { TimeBox } from './selector/time-box.ts';
import { pageClaims } from './source/page-claims.ts';

/** Somebody waits for the answer, and sees which selector is the slow one. */
const eachMs = 1_000;
/** All of them: nothing else runs meanwhile. */
const allMs = 2_000;

/** What each selector of a store finds on a page, by itself. */
export function testSelectors(page: PageToRead, rules: ReadingRules): SelectorFinding[] {
  const document = parsePage(page.text, page.url);
  const locale = rules.locale ?? document.language ?? undefined;
  const said = pageClaims(document, { locale, currency: rules.currency }).find(({ currency }) => currency !== null);
  const fieldRules = { locale, currency: said?.currency ?? rules.currency, base: document.base };
  const box = new TimeBox(allMs, eachMs);
  return pageFields.flatMap((field) =>
    (rules.selectors?.[field] ?? []).map((selector) =>
      findField({ document, text: page.text }, field, selector, fieldRules, box),
    ),
  );
}
