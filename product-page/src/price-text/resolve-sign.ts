import { currencyCodes, decimalsOf, localeFacts } from './currency-facts.ts';
import type { SumRules } from './decide-sum.ts';
import type { Sign } from './find-sign.ts';
import type { PriceTextRules } from './price-kind.ts';

/** What is known of the store, checked. */
export interface StoreFacts {
  readonly currency: string | null;
  readonly localeCurrency: string | null;
  readonly decimalMark: '.' | ',' | null;
}

/** Japan's own words on a price tag say whose `¥` it is. */
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}円]|税込|税抜|税別/u;

/** The facts of the store as far as they bear on a text. */
export function storeFacts({ currency, locale }: PriceTextRules, text: string): StoreFacts {
  const code = currency?.trim().toUpperCase() ?? '';
  const facts = localeFacts(locale);
  return {
    currency: currencyCodes.has(code) ? code : null,
    localeCurrency: facts?.currency ?? (japanese.test(text) ? 'JPY' : null),
    decimalMark: facts?.decimalMark ?? null,
  };
}

/** ISO 4217 of a sign: the store's currency decides what an ambiguous one means, then its locale, then the custom. */
export function resolveSign({ currencies, otherwise }: Sign, { currency, localeCurrency }: StoreFacts): string | null {
  if (currencies.length === 1 && otherwise !== null) return otherwise;
  if (currency !== null && currencies.includes(currency)) return currency;
  if (localeCurrency !== null && currencies.includes(localeCurrency)) return localeCurrency;
  return otherwise;
}

/** Whether a sign means money here: a weak one only where the store or its locale says so. */
export function isMoney(sign: Sign, { currency, localeCurrency }: StoreFacts): boolean {
  if (!sign.isWeak && !(sign.isMinor && sign.otherwise === null)) return true;
  return [currency, localeCurrency].some((known) => known !== null && sign.currencies.includes(known));
}

/** How sums of a currency are written in the store. */
export const sumRules = (currency: string | null, { localeCurrency, decimalMark }: StoreFacts): SumRules => ({
  decimals: currency === null ? null : decimalsOf(currency),
  decimalMark,
  isHome: currency !== null && currency === localeCurrency,
  currency,
});
