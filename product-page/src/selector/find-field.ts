import { lineOf } from '../document/page-document.ts';
import type { PageField, SelectorFinding } from '../reading.ts';
import { type FieldRules, fieldValue } from './field-value.ts';
import { priceLine } from './price-line.ts';
import { type SelectablePage, select } from './select.ts';
import { parseSelector, SelectorError } from './selector.ts';
import type { TimeBox } from './time-box.ts';

const late = Symbol('late');
/** Of a selector whose time was over, so that nobody knows what it would have found. */
export const tooLate = 'It took too long, with the others of this page.';

const pricesOnly: ReadonlySet<PageField> = new Set(['price', 'oldPrice']);

/** What one selector finds for a field: the first of its texts that is a value, else the first text. */
export function findField(
  page: SelectablePage,
  field: PageField,
  selector: string,
  rules: FieldRules,
  box: TimeBox,
): SelectorFinding {
  const finding = { field, selector, text: null, value: null, error: null };
  try {
    const parsed = parseSelector(selector);
    const found = box.run(() => {
      const texts = select(page, parsed, pricesOnly.has(field) ? priceLine : lineOf).map((text) => text.trim());
      const values = texts.map((text) => fieldValue(field, text, rules));
      const index = Math.max(
        0,
        values.findIndex((value) => value !== null),
      );
      return { text: texts[index] ?? null, value: values[index] ?? null };
    }, late);
    return found === late ? { ...finding, error: tooLate } : { ...finding, ...found };
  } catch (error) {
    if (error instanceof SelectorError) return { ...finding, error: error.message };
    throw error;
  }
}
