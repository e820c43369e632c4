import type { PageToRead, ProductReading } from '@gastronom/product-page/reading';
import type { Logger } from '@gastronom/shared/logger';
import type { FetchedPage, PageFetcher, Validators } from '../fetching/fetched-page.ts';
import { pageReader, UnreadablePageError } from '../reading/page-reader.ts';
import type { StoreEntity } from '../store/store.entity.ts';
import type { CheckOutcomeName } from '../tracked-url/tracked-url.entity.ts';
import type { PageCheck } from './page-check.ts';
import { storableReading } from './storable-reading.ts';

/** What a look at a page needs of its request or job. */
export interface CheckContext {
  readonly logger: Logger;
  readonly fetcher: PageFetcher;
  readonly clock: () => number;
}

export interface PageToCheck {
  readonly url: string;
  /** How its pages are read and asked for; null where the store is not known yet. */
  readonly store: Pick<
    StoreEntity,
    'selectors' | 'locale' | 'currency' | 'delayMs' | 'concurrency' | 'rendering'
  > | null;
  /** Of the last reading: then the answer may be that the page is still that one. */
  readonly validators?: Validators | undefined;
  /** Until when an answer is of use, in milliseconds of the clock; without it, turns are waited for. */
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Nobody was asked: the host’s turn was too far off. */
export const busyCode = 'BUSY';

const noValidators: Validators = { etag: null, lastModified: null };

/** Fetches a page and reads it. Nothing is written: see `recordChecks`. It rejects when the signal fires, and then alone. */
export async function checkPage(context: CheckContext, page: PageToCheck): Promise<PageCheck> {
  const { url, store, validators, deadline, signal } = page;
  const fetched = await context.fetcher.fetch({
    url,
    politeness: store ? { delayMs: store.delayMs, concurrency: store.concurrency } : undefined,
    rendering: store?.rendering,
    locale: store?.locale ?? undefined,
    validators,
    deadline,
    signal,
  });
  signal?.throwIfAborted();
  return judgePage(context, fetched, page);
}

type Judged = Pick<PageCheck, 'outcome' | 'code' | 'error' | 'reading'>;

const isOk = (reading: ProductReading | null): Judged => ({ outcome: 'OK', code: null, error: null, reading });

const isNot = (outcome: CheckOutcomeName, code: string, error: string, reading: ProductReading | null): Judged => ({
  outcome,
  code,
  error,
  reading,
});

async function judgePage({ clock, logger }: CheckContext, fetched: FetchedPage, page: PageToCheck): Promise<PageCheck> {
  const { stats } = fetched;
  const checkedAt = new Date(clock());
  const common = { url: page.url, isUnchanged: false, validators: noValidators, stats, checkedAt };
  switch (fetched.kind) {
    case 'UNCHANGED':
      return { ...common, ...isOk(null), isUnchanged: true, validators: fetched.validators };
    case 'PAGE': {
      const { url, validators } = fetched;
      return { ...common, ...(await readPage(fetched, page, logger)), url, validators };
    }
    default:
      return {
        ...common,
        ...isNot(fetched.kind, fetched.code, fetched.reason, null),
        retryAfterMs: fetched.code === busyCode ? fetched.retryAfterMs : undefined,
      };
  }
}

async function readPage(fetched: PageToRead, { store, deadline }: PageToCheck, logger: Logger): Promise<Judged> {
  const { text, url } = fetched;
  const rules = {
    selectors: store?.selectors,
    locale: store?.locale ?? undefined,
    currency: store?.currency ?? undefined,
  };
  try {
    return judgeReading(storableReading(await pageReader.read({ text, url }, rules, deadline !== undefined)));
  } catch (error) {
    if (!(error instanceof UnreadablePageError)) throw error;
    // A page may be of any kind: one that breaks the reader breaks nothing else.
    logger.error({ err: error, url }, 'a page could not be read');
    return isNot('NO_PRICE', 'UNREADABLE', 'The page could not be read.', null);
  }
}

/** A price counts with its currency alone. */
function judgeReading(reading: ProductReading): Judged {
  if (reading.price === null) return isNot('NO_PRICE', 'NO_PRICE', 'No price was found on the page.', reading);
  if (reading.currency === null) {
    const error = 'The page does not say in which currency its price is: give the store one.';
    return isNot('NO_PRICE', 'NO_CURRENCY', error, reading);
  }
  return isOk(reading);
}
