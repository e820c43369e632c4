import { currencyCodes } from '../price-text/currency-facts.ts';

/** Codes that are written still, and were replaced, or never were codes: 1C and its neighbours say RUR. */
const replaced: Readonly<Record<string, string>> = { RUR: 'RUB', BYR: 'BYN', NTD: 'TWD', RMB: 'CNY', TL: 'TRY' };

/** A currency by its code, however it is spelled; null where it is none. */
export function currencyCode(text: string): string | null {
  const code = text.trim().toUpperCase();
  const current = Object.hasOwn(replaced, code) ? replaced[code] : code;
  return current !== undefined && currencyCodes.has(current) && !/^X(XX|TS)$/.test(current) ? current : null;
}
