import { absoluteUrl } from '../document/page-document.ts';
import type { PriceTextRules } from '../price-text/price-kind.ts';
import { readPriceText } from '../price-text/read-price-text.ts';
import { conditions, type PageField } from '../reading.ts';
import { readAvailabilityWords } from '../value/availability-words.ts';
import { readCondition } from '../value/condition.ts';
import { currencyCode } from '../value/currency-code.ts';
import { readGtin } from '../value/gtin.ts';
import { plainText } from '../value/plain-text.ts';
import { askedPrice, type Price } from '../value/structured-price.ts';

/** What the values of a field are read by. */
export interface FieldRules extends PriceTextRules {
  /** What addresses are relative to. */
  readonly base: string;
}

/** The price of a text that a store's selector found. */
export const readPrice = (text: string, rules: PriceTextRules): Price | null =>
  text.length > 2_000 ? null : askedPrice(readPriceText(text, rules));

/** What was asked before is an old price by its own words as well. */
function readOldPrice(text: string, rules: PriceTextRules): Price | null {
  const read = text.length > 2_000 ? null : readPriceText(text, rules);
  return read?.kind === 'OLD' ? askedPrice({ ...read, kind: 'PRICE' }) : askedPrice(read);
}

const readCurrency = (text: string, rules: PriceTextRules): string | null =>
  currencyCode(text) ?? readPriceText(`1 ${text.slice(0, 20)}`, rules)?.currency ?? null;

const conditionNames: readonly string[] = conditions;

/** A text as the field's value; null where it is none. */
export function fieldValue(field: PageField, text: string, rules: FieldRules): string | null {
  switch (field) {
    case 'price':
      return readPrice(text, rules)?.amount ?? null;
    case 'oldPrice':
      return readOldPrice(text, rules)?.amount ?? null;
    case 'currency':
      return readCurrency(text, rules);
    case 'image':
      return absoluteUrl(text, rules.base);
    case 'availability':
      return readAvailabilityWords(text);
    case 'gtin':
      return readGtin(text);
    case 'condition':
      return conditionNames.includes(text.trim().toUpperCase()) ? text.trim().toUpperCase() : readCondition(text);
    default:
      return plainText(text);
  }
}
