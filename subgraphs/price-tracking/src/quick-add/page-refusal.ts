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

/** What a subgraph call has time for, with what writing takes. */
export const patienceMs = 8_000;

/** The host had no turn for us, or was not done, when the time of who waits was over: it may be read later. */
export const ranOutOfTime = ({ code }: PageCheck, deadline: number, now: number): boolean =>
  code === 'BUSY' || (code === 'TIMEOUT' && now >= deadline);
