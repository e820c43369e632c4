import type { PageToRead, ProductReading, ReadingRules, SelectorFinding } from '@gastronom/product-page/reading';
import type { UserError } from '@gastronom/shared/user-error.type';
import { checkPage, type PageToCheck } from '../check/check-page.ts';
import type { PriceTrackingContext } from '../context.ts';
import type { FetchedPage, PageFetcher, PageRequest } from '../fetching/fetched-page.ts';
import { pageReader, UnreadablePageError } from '../reading/page-reader.ts';
import type { SelectorTrial } from '../reading/reading-thread.ts';
import { normaliseUrl } from '../tracked-url/normalise-url.ts';
import { readWish } from './store.rules.ts';
import { storeTestError } from './store-test.errors.ts';
import type { TestStoreInput } from './store-test.inputs.ts';
import type { PageReading, StoreTest } from './store-test.type.ts';

/** Somebody waits for the answer: of the ten seconds that a subgraph has, two are for selectors and two for suggestions. */
const patienceMs = 5_500;
const longestText = 1_000;

const cut = (text: string | null): string | null => text?.slice(0, longestText).toWellFormed() ?? null;

const brief = (finding: SelectorFinding): SelectorFinding => ({
  ...finding,
  text: cut(finding.text),
  value: cut(finding.value),
});

export interface StoreTestAnswer {
  readonly test: StoreTest | null;
  readonly userErrors: readonly UserError[];
}

const refused = (...userErrors: readonly UserError[]): StoreTestAnswer => ({ test: null, userErrors });

type Read = Pick<PageToCheck, 'url'> & { readonly store: NonNullable<PageToCheck['store']> };

/** Fetches a page as if it were tracked, and says what the store’s selectors make of it. Nothing is kept. */
export async function testStore(context: PriceTrackingContext, input: TestStoreInput): Promise<StoreTestAnswer> {
  const wanted = await readInput(context, input);
  if ('userErrors' in wanted) return wanted;
  const { store, url } = wanted;
  const { fetcher, pages } = remembering(context.fetcher);
  const check = await checkPage({ ...context, fetcher }, { url, store, deadline: context.clock() + patienceMs });
  const [page] = pages;
  const { outcome, code, error, stats, reading } = check;
  const seen = page ? await lookThrough(page, store, reading) : nothing;
  const told = { url: check.url, outcome, code, error, status: stats.status };
  return { test: { ...told, reading: reading && readingOf(reading), ...seen }, userErrors: [] };
}

/** A fetcher that keeps the pages that came: what is made of them does not have their text. */
function remembering(own: PageFetcher): { fetcher: PageFetcher; pages: readonly PageToRead[] } {
  const pages: PageToRead[] = [];
  const fetch = async (request: PageRequest): Promise<FetchedPage> => {
    const fetched = await own.fetch(request);
    if (fetched.kind === 'PAGE') pages.push(fetched);
    return fetched;
  };
  return { fetcher: { fetch, close: () => own.close() }, pages };
}

async function readInput(
  { loaders }: PriceTrackingContext,
  { storeId, url, ...wish }: TestStoreInput,
): Promise<Read | StoreTestAnswer> {
  const kept = storeId ? await loaders.stores.load(storeId) : null;
  if (storeId && !kept)
    return refused(storeTestError('NOT_FOUND', ['input', 'storeId'], 'There is no such store, or it is not yours.'));
  const { values, problems } = readWish(wish);
  const text = url?.trim() || kept?.testUrl;
  const address = text ? normaliseUrl(text) : null;
  const noUrl = text
    ? storeTestError('BAD_URL', ['input', 'url'], 'An address begins with http:// or https://, and names no user.')
    : storeTestError('URL_MISSING', ['input', 'url'], 'Say which page to try, or give the store a test page.');
  if (!address) return refused(...problems, noUrl);
  if (problems.length > 0) return refused(...problems);
  return { url: address.url, store: { ...unsaid, ...kept, ...values } };
}

const unsaid = {
  ...{ selectors: {}, locale: null, currency: null, delayMs: null, concurrency: null },
  rendering: 'NONE',
} as const;

const nothing: SelectorTrial = { findings: [], suggestions: [] };

/** A page that breaks the reader says so by its outcome. */
function tried(page: PageToRead, rules: ReadingRules): Promise<SelectorTrial> {
  return pageReader.tryOut(page, rules).catch((error: unknown) => {
    if (error instanceof UnreadablePageError) return nothing;
    throw error;
  });
}

/** What each selector finds, and what might find the rest. */
async function lookThrough(
  page: PageToRead,
  store: Read['store'],
  reading: ProductReading | null,
): Promise<Pick<StoreTest, 'findings' | 'suggestions'>> {
  const rules = {
    selectors: store.selectors,
    locale: store.locale ?? undefined,
    currency: store.currency ?? undefined,
  };
  const { findings, suggestions } = await tried({ text: page.text, url: page.url }, rules);
  return {
    findings: findings.map(brief),
    suggestions: suggestions.filter(({ field }) => !reading?.[field]).map(brief),
  };
}

const readingOf = ({ image, sources, ...reading }: ProductReading): PageReading => ({
  ...reading,
  imageUrl: image,
  sources: Object.entries(sources).map(([field, source]) => ({ field: field as keyof typeof sources, source })),
});
