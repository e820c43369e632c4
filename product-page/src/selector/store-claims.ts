import { type Claims, noClaims } from '../claims.ts';
import type { AvailabilityName, ConditionName } from '../reading.ts';
import { type PageField, pageFields, type ReadingRules } from '../reading.ts';
import { type FieldRules, readPrice } from './field-value.ts';
import { findField, tooLate } from './find-field.ts';
import type { SelectablePage } from './select.ts';
import type { TimeBox } from './time-box.ts';

/** What the store's selectors found, and by which of them. */
export interface StoreClaims {
  readonly claims: Claims;
  readonly selectors: Readonly<Partial<Record<PageField, string>>>;
  /** Fields of which a selector was not finished: what the page says of them elsewhere may be another thing. */
  readonly undecided: ReadonlySet<PageField>;
}

/** The selectors of a store: of each field the first that finds a value. */
export function readByStore(
  page: SelectablePage,
  { selectors }: ReadingRules,
  rules: FieldRules,
  box: TimeBox,
): StoreClaims {
  const values: Partial<Record<PageField, string>> = {};
  const texts: Partial<Record<PageField, string>> = {};
  const found: Partial<Record<PageField, string>> = {};
  const undecided = new Set<PageField>();
  for (const field of pageFields) {
    for (const selector of selectors?.[field] ?? []) {
      const { value, text, error } = findField(page, field, selector, rules, box);
      if (error === tooLate) {
        undecided.add(field);
        break;
      }
      if (value === null || text === null) continue;
      values[field] = value;
      texts[field] = text;
      found[field] = selector;
      break;
    }
  }
  const currency = values.currency ?? null;
  const within = currency === null ? rules : { ...rules, currency };
  const { title = null, image = null, gtin = null, sku = null, seller = null, size = null, oldPrice } = values;
  const price = texts.price === undefined ? null : readPrice(texts.price, within);
  return {
    selectors: found,
    undecided,
    claims: {
      ...noClaims('store'),
      ...{ title, image, gtin, sku, seller, size, currency, price },
      oldPrice: oldPrice === undefined ? null : { amount: oldPrice, currency: price?.currency ?? currency },
      // Values of these fields are their names: findField reads no other.
      availability: (values.availability ?? null) as AvailabilityName | null,
      condition: (values.condition ?? null) as ConditionName | null,
    },
  };
}
