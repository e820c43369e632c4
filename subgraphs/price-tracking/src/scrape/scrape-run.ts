import type { ListingPage } from '@gastronom/product-page/adapter/market-adapter';
import type { PageToRead } from '@gastronom/product-page/reading';
import { inTransaction } from '@gastronom/shared/database/transaction';
import type { PriceTrackingContext } from '../context.ts';
import { pageReader, UnreadablePageError } from '../reading/page-reader.ts';
import { findStoresFor } from '../store/find-stores.ts';
import type { StoreEntity } from '../store/store.entity.ts';
import { type FoundItem, foundItems } from './found-item.ts';
import type { ScrapeJobEntity } from './scrape-job.entity.ts';
import { ScrapeJobRepository } from './scrape-job.repository.ts';
import { writeFound } from './write-found.ts';

interface Failure {
  readonly code: string;
  readonly reason: string;
}

interface ReadList {
  readonly items: readonly FoundItem[];
  readonly nextUrl: string | null;
}

const isFailure = (value: ReadList | Failure): value is Failure => 'reason' in value;

/** What a page of a list says is public in the codes of the graph. */
const codes: Readonly<Record<string, string>> = { PRIVATE_ADDRESS: 'BLOCKED_ADDRESS', BAD_ADDRESS: 'INVALID_URL' };

const noListings: Failure = { code: 'NO_LISTINGS', reason: 'The page says of nothing that it is for sale.' };
const unreadable: Failure = { code: 'UNREADABLE', reason: 'The page could not be read.' };
const full: Failure = { code: 'TOO_MANY', reason: 'As many products are watched as may be.' };

/** Reads a list page by page, each written in a transaction of its own together with how far the job has come. */
export class ScrapeRun {
  readonly #context: PriceTrackingContext;
  readonly #jobs: ScrapeJobRepository;
  readonly #signal: AbortSignal;
  /** Pages of things that this run has seen: a list that only repeats them has ended. */
  readonly #seen = new Set<string>();

  constructor(context: PriceTrackingContext, signal: AbortSignal) {
    this.#context = context;
    this.#jobs = new ScrapeJobRepository(context.manager);
    this.#signal = signal;
  }

  /** A job that is finished, or that another worker has in hand, is left alone. */
  async run(id: string): Promise<void> {
    let job = await this.#jobs.begin(id, this.#now());
    while (job !== null) {
      if (job.nextUrl === null || job.pagesRead >= job.pages) return this.#finish(job, null);
      const list = await this.#read(job, job.nextUrl);
      if (isFailure(list)) return this.#finish(job, list);
      const step = await this.#write(job, list);
      if (step?.isFull) return this.#finish(step.job, full);
      job = step?.job ?? null;
    }
  }

  async fail(id: string): Promise<void> {
    await this.#jobs.finish(id, { code: 'INTERNAL', reason: 'It could not be done.' }, this.#now());
  }

  #now(): Date {
    return new Date(this.#context.clock());
  }

  #finish({ id }: ScrapeJobEntity, failure: Failure | null): Promise<void> {
    return this.#jobs.finish(id, failure, this.#now());
  }

  async #storeOf(ownerId: string, url: string): Promise<StoreEntity | null> {
    const { host } = new URL(url);
    const stores = await findStoresFor(this.#context.manager, ownerId, [{ url, host }]);
    return stores.get(host) ?? null;
  }

  async #read({ ownerId, pagesRead }: ScrapeJobEntity, url: string): Promise<ReadList | Failure> {
    const store = await this.#storeOf(ownerId, url);
    const fetched = await this.#context.fetcher.fetch({
      url,
      politeness: store ? { delayMs: store.delayMs, concurrency: store.concurrency } : undefined,
      rendering: store?.rendering,
      locale: store?.locale ?? undefined,
      signal: this.#signal,
    });
    this.#signal.throwIfAborted();
    if (fetched.kind === 'UNCHANGED') return noListings;
    if (fetched.kind !== 'PAGE') return { code: codes[fetched.code] ?? fetched.code, reason: fetched.reason };
    const list = await this.#readList(fetched, store);
    if (list === null) return unreadable;
    const { listings, nextUrl } = list;
    const items = foundItems(this.#context, fetched.url, listings, this.#now());
    const fresh = items.filter(({ address }) => !this.#seen.has(address.url));
    for (const { address } of fresh) this.#seen.add(address.url);
    if (fresh.length === 0) return pagesRead === 0 ? noListings : { items: [], nextUrl: null };
    return { items: fresh, nextUrl: nextUrl === url ? null : nextUrl };
  }

  /** Null for a page that breaks the reader. */
  async #readList({ text, url }: PageToRead, store: StoreEntity | null): Promise<ListingPage | null> {
    const { selectors, locale, currency } = store ?? {};
    const rules = { selectors, locale: locale ?? undefined, currency: currency ?? undefined };
    try {
      return await pageReader.list({ text, url }, rules);
    } catch (error) {
      if (!(error instanceof UnreadablePageError)) throw error;
      this.#context.logger.error({ err: error, url }, 'a page of a list could not be read');
      return null;
    }
  }

  /** Null where another worker was quicker. */
  #write(
    { id, ownerId, pagesRead }: ScrapeJobEntity,
    { items, nextUrl }: ReadList,
  ): Promise<{ job: ScrapeJobEntity; isFull: boolean } | null> {
    return inTransaction(this.#context.manager, async (manager) => {
      const jobs = new ScrapeJobRepository(manager);
      if (!(await jobs.lockAt(id, pagesRead))) return null;
      const written = await writeFound(this.#context, manager, ownerId, items);
      return { job: await jobs.addPage(id, { ...written, nextUrl }, this.#now()), isFull: written.isFull };
    });
  }
}
