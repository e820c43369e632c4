import { parentPort } from 'node:worker_threads';
import { readProductPage } from '@gastronom/product-page/read-product-page';
import type { PageToRead, ProductReading, ReadingRules } from '@gastronom/product-page/reading';

/** What a thread is given, and what it answers. */
export interface ReadingTask {
  readonly page: PageToRead;
  readonly rules: ReadingRules;
}

export type ReadingAnswer = { readonly reading: ProductReading } | { readonly trouble: string };

function read({ page, rules }: ReadingTask): ReadingAnswer {
  try {
    return { reading: readProductPage(page, rules) };
  } catch (error) {
    return { trouble: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (task: ReadingTask) => parentPort?.postMessage(read(task)));
