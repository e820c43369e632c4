import type { PageCheck } from '../check/page-check.ts';

/** Why a page cannot be watched, in words that quick adding and imports have in common. */
export type PageRefusalName = 'BLOCKED_ADDRESS' | 'INVALID_URL' | 'NO_PRICE' | 'GONE' | 'BLOCKED' | 'FETCH_ERROR';

const codes: Readonly<Record<string, PageRefusalName>> = {
  PRIVATE_ADDRESS: 'BLOCKED_ADDRESS',
  BAD_ADDRESS: 'INVALID_URL',
};

/** Null where the page was read with a price. */
export const refusalOf = ({ outcome, code }: PageCheck): PageRefusalName | null =>
  outcome === 'OK' ? null : (codes[code ?? ''] ?? outcome);
