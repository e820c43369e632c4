import { checkPage, type PageToCheck } from '../check/check-page.ts';
import type { PageCheck } from '../check/page-check.ts';
import type { PriceTrackingContext } from '../context.ts';
import { unlessAborted } from '../fetching/unless-aborted.ts';

/** What fetching takes to say that its time is over. */
const graceMs = 500;

/** Looks at a page for somebody who waits; null where its host had no turn for us in time, or it was not read in time. */
export async function checkInTime(
  context: PriceTrackingContext,
  page: Pick<PageToCheck, 'url' | 'store'>,
): Promise<PageCheck | null> {
  const { clock, settings } = context;
  const patienceMs = settings.PAGE_PATIENCE_SECONDS * 1_000;
  const deadline = clock() + patienceMs;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patienceMs + graceMs);
  try {
    const { signal } = late;
    const check = await unlessAborted(signal, checkPage(context, { ...page, deadline, signal }));
    return ranOutOfTime(check, deadline, clock()) ? null : check;
  } catch (error) {
    if (late.signal.aborted) return null;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** What is too slow for who waits may be read later, by who has time. */
const ranOutOfTime = ({ code }: PageCheck, deadline: number, now: number): boolean =>
  code === 'BUSY' || (code === 'TIMEOUT' && now >= deadline);
