import { parentPort } from 'node:worker_threads';
import type { ListingPage } from '@gastronom/product-page/adapter/market-adapter';
import { readListPage } from '@gastronom/product-page/read-list-page';
import { readProductPage } from '@gastronom/product-page/read-product-page';
import type { PageToRead, ProductReading, ReadingRules, SelectorFinding } from '@gastronom/product-page/reading';
import { suggestSelectors } from '@gastronom/product-page/suggest-selectors';
import { testSelectors } from '@gastronom/product-page/test-selectors';

/** What a thread is given, and what it answers. */
export interface ReadingTask {
  readonly page: PageToRead;
  readonly rules: ReadingRules;
  /** The page is not to be read: its store’s selectors are tried on it. */
  readonly isTrial: boolean;
  /** It is one of a list: what it lists is read. */
  readonly isList?: boolean;
}

/** What each selector of a store finds on a page, and which others might find something. */
export interface SelectorTrial {
  readonly findings: readonly SelectorFinding[];
  readonly suggestions: readonly SelectorFinding[];
}

export type ReadingAnswer =
  | { readonly reading: ProductReading }
  | { readonly trial: SelectorTrial }
  | { readonly list: ListingPage }
  | { readonly trouble: string };

function read({ page, rules, isTrial, isList }: ReadingTask): ReadingAnswer {
  try {
    if (isTrial) return { trial: { findings: testSelectors(page, rules), suggestions: suggestSelectors(page, rules) } };
    if (isList) return { list: readListPage(page, rules) };
    return { reading: readProductPage(page, rules) };
  } catch (error) {
    return { trouble: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (task: ReadingTask) => parentPort?.postMessage(read(task)));
