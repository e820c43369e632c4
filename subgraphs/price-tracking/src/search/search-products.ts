import { DomainError } from '@gastronom/shared/domain-error';
import { containing, storable } from '@gastronom/shared/storable-text';
import type { PriceTrackingContext } from '../context.ts';
import { ownerOf } from '../ownership.ts';
import { findStoresFor } from '../store/find-stores.ts';
import type { StoreEntity } from '../store/store.entity.ts';
import { TrackedUrlRepository } from '../tracked-url/tracked-url.repository.ts';
import type { FoundPage } from './found-page.ts';
import { FoundPagesRepository } from './found-pages.repository.ts';
import type { ProductSearch, ProductSearchResult } from './search.type.ts';
import { TrackedPagesRepository, type TrackedPagesSearch } from './tracked-pages.repository.ts';

const mostPages = 20;
const localPageSize = 20;
const mostWords = 12;

export interface SearchWish {
  readonly query: string;
  readonly page: number;
  readonly knownStoresOnly: boolean;
  /** Only pages of this store. */
  readonly storeId?: string | null | undefined;
}

/** Searches the web for a product, and says what of it the person knows; else among what they track. */
export async function searchProducts(context: PriceTrackingContext, wish: SearchWish): Promise<ProductSearch> {
  const ownerId = ownerOf(context.viewer);
  const { page } = wish;
  if (page < 1 || page > mostPages) throw new DomainError('BAD_USER_INPUT', `\`page\` takes 1 to ${mostPages}.`);
  const query = wordsOf(wish.query).join(' ');
  if (query === '') throw new DomainError('BAD_USER_INPUT', '`query` takes the words to search for.');
  const store = wish.storeId ? await context.loaders.stores.load(wish.storeId) : null;
  if (wish.storeId && store?.ownerId !== ownerId)
    throw new DomainError('BAD_USER_INPUT', '`storeId` takes the id of a store of one’s own.');
  const found = await findInWeb(context, `${query}${await siteOf(context, store)}`, page);
  if (!found) return searchLocally(context, { ownerId, storeId: store?.id ?? null }, query, page);
  const results = await known(context, ownerId, found);
  const isWanted = (its: StoreEntity | null): boolean =>
    store ? its?.id === store.id : its !== null || !wish.knownStoresOnly;
  return {
    source: 'SEARXNG',
    page,
    hasNextPage: found.length > 0 && page < mostPages,
    results: results.filter((result) => isWanted(result.store)),
  };
}

/** As search engines are told to look at one site alone: the shortest of a store’s domains has the others below it, mostly. */
async function siteOf({ loaders }: PriceTrackingContext, store: StoreEntity | null): Promise<string> {
  const domains = store ? await loaders.storeFacts.domains.load(store.id) : [];
  const [shortest] = domains.toSorted((a, b) => a.length - b.length);
  return shortest === undefined ? '' : ` site:${shortest}`;
}

/** Without the marks by which SearXNG is told what to do: `!engine`, `!!engine` elsewhere, `:language`. */
const wordsOf = (text: string): string[] =>
  storable(text, 200)
    .split(/\s+/)
    .map((word) => word.replace(/^[!:?]+/, ''))
    .filter((word) => word !== '')
    .slice(0, mostWords * 2);

async function findInWeb(
  context: PriceTrackingContext,
  query: string,
  page: number,
): Promise<readonly FoundPage[] | null> {
  const { searxng, manager, settings, clock, logger } = context;
  if (!searxng) return null;
  const pages = new FoundPagesRepository(manager);
  const key = query.toLowerCase();
  const since = new Date(clock() - settings.SEARCH_CACHE_MINUTES * 60_000);
  const kept = await pages.findSince(key, page, since);
  if (kept) return kept;
  const found = await searxng.search(query, page, logger);
  // That nothing was found may be an engine’s bad minute.
  if (found && found.length > 0 && settings.SEARCH_CACHE_MINUTES > 0)
    await pages.keep(key, page, found, new Date(clock()), since);
  return found;
}

/** Says of each page which store it fits, and whether it is tracked: three statements, whatever their number. */
async function known(
  { manager }: PriceTrackingContext,
  ownerId: string,
  pages: readonly FoundPage[],
): Promise<ProductSearchResult[]> {
  if (pages.length === 0) return [];
  const stores = await findStoresFor(manager, ownerId, pages);
  const urls = pages.map(({ url }) => url);
  const tracked = new Map(
    (await new TrackedUrlRepository(manager).listKnown(ownerId, urls)).map((row) => [row.url, row]),
  );
  return pages.map((page) => ({
    ...page,
    store: stores.get(page.host) ?? null,
    trackedUrl: tracked.get(page.url) ?? null,
  }));
}

async function searchLocally(
  { manager, loaders }: PriceTrackingContext,
  whose: TrackedPagesSearch,
  query: string,
  page: number,
): Promise<ProductSearch> {
  const likes = query.split(' ').slice(0, mostWords).map(containing);
  const offset = (page - 1) * localPageSize;
  const rows = await new TrackedPagesRepository(manager).search(whose, likes, localPageSize + 1, offset);
  const results = rows.slice(0, localPageSize).map(async ({ productName, ...trackedUrl }) => ({
    url: trackedUrl.url,
    host: trackedUrl.host,
    title: trackedUrl.title ?? productName,
    snippet: null,
    imageUrl: trackedUrl.imageUrl,
    store: await loaders.stores.load(trackedUrl.storeId),
    trackedUrl,
  }));
  const hasNextPage = rows.length > localPageSize && page < mostPages;
  return { source: 'LOCAL', page, hasNextPage, results: await Promise.all(results) };
}
