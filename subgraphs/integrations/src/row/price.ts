import type { FieldReader, NumberRule } from './field-reader.ts';
import { quote } from './row-error.ts';

/** Up to 999,999,999,999.99, as the catalogue keeps it. */
const rule: NumberRule = { scale: 2, whole: 12, mayBeNegative: true };

/** What shops of these countries write beside a price. */
const words: Readonly<Record<string, string>> = {
  '₽': 'RUB',
  р: 'RUB',
  руб: 'RUB',
  рубль: 'RUB',
  рубля: 'RUB',
  рублей: 'RUB',
  '₸': 'KZT',
  тг: 'KZT',
  тенге: 'KZT',
  $: 'USD',
  '€': 'EUR',
  евро: 'EUR',
  '£': 'GBP',
  '₴': 'UAH',
  грн: 'UAH',
  br: 'BYN',
  сом: 'KGS',
  сум: 'UZS',
  '֏': 'AMD',
  '₾': 'GEL',
  '₼': 'AZN',
  zł: 'PLN',
  kč: 'CZK',
};

const code = /^[a-z]{3}$/i;
/** 1C still calls the rouble by the code it had until 1998. */
const modern = (currency: string): string => (currency === 'RUR' ? 'RUB' : currency);

/** Text before the number, the number from its sign or mark to its last digit, text behind it. */
const parts = /^(\D*?)([+\-−–]?[ \u00a0]?[.,]?\d(?:.*\d)?[.,]?[-−–]?)(\D*)$/su;

/** Parts a price as a label shows it, `12,50 руб.`, into the number and its currency. */
function splitPrice(raw: unknown): { number: unknown; currency?: string } | undefined {
  if (typeof raw !== 'string') return { number: raw };
  const match = parts.exec(raw.trim());
  if (!match) return { number: raw };
  const word = `${match[1]}${match[3]}`.trim().replace(/\.$/, '').toLowerCase();
  if (word === '') return { number: raw };
  const currency = words[word] ?? (code.test(word) ? modern(word.toUpperCase()) : undefined);
  return currency ? { number: match[2], currency } : undefined;
}

function readCurrency(reader: FieldReader, raw: string | null | undefined): string | undefined {
  const text = raw?.trim() ?? '';
  if (text === '') return undefined;
  if (code.test(text)) return modern(text.toUpperCase());
  reader.fail('INVALID_CURRENCY', 'currency', `${quote(raw)} is no ISO 4217 code: three letters, as RUB.`);
  return undefined;
}

export interface Price {
  price?: string | null;
  currency?: string;
}

interface PriceFields {
  readonly price?: unknown;
  readonly currency?: string | null;
}

/**
 * Reads a price and its currency. A currency sign beside the number names the currency where the row does not, and
 * must agree with the row where it does; a price without either is in the shop's own.
 */
export function readPrice(reader: FieldReader, item: PriceFields, shopCurrency: string): Price {
  const named = readCurrency(reader, item.currency);
  const split = splitPrice(item.price);
  if (!split) {
    reader.fail('INVALID_NUMBER', 'price', `${quote(item.price)} is no price. Send it as 1234.50 or "1 234,50 руб.".`);
    return {};
  }
  const price = reader.decimal('price', split.number, rule);
  if (price?.startsWith('-')) {
    reader.fail('NEGATIVE_PRICE', 'price', `A price cannot be below zero: ${quote(item.price)}.`);
  }
  if (split.currency && named && split.currency !== named) {
    reader.fail('INVALID_CURRENCY', 'currency', `The price says ${split.currency}, the currency ${named}.`);
  }
  const currency = named ?? split.currency ?? (price ? shopCurrency : undefined);
  return { ...(price === undefined ? {} : { price }), ...(currency ? { currency } : {}) };
}
