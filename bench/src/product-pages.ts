// Reads real product pages and compares what was read with what a person saw there: without the stores' selectors, then with
// them. Prints each miss with its reason, and what reading costs. Usage: pnpm --filter bench run pages --data DIR [--page ID]
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { adapterFor } from '@gastronom/product-page/adapter/adapter-for';
import { decodePage } from '@gastronom/product-page/decode-page';
import { readProductPage } from '@gastronom/product-page/read-product-page';
import type { PageField, PageToRead, ProductReading, ReadingRules } from '@gastronom/product-page/reading';
import { type ExpectedPage, type ExpectedPages, judge, type Verdict, verdicts } from './expected-page.ts';

const { values } = parseArgs({ options: { data: { type: 'string' }, page: { type: 'string' } } });
const { data, page: wanted } = values;
if (!data) throw new Error('--data is needed: a folder with expected.json, stores.json and the pages');

type Selectors = Readonly<Partial<Record<PageField, readonly string[]>>>;
type Stores = Readonly<Record<string, { readonly hosts: readonly string[]; readonly selectors: Selectors }>>;

const json = async <T>(name: string): Promise<T> => JSON.parse(await readFile(join(data, name), 'utf8')) as T;

interface LoadedPage {
  readonly expected: ExpectedPage;
  readonly page: PageToRead;
}

const { items } = await json<ExpectedPages>('expected.json');
const stores = await json<Stores>('stores.json');
const pages: LoadedPage[] = [];
for (const expected of items) {
  if (!expected.assert || (wanted && expected.id !== wanted)) continue;
  const text = decodePage(await readFile(join(data, expected.file)));
  pages.push({ expected, page: { text, url: expected.url ?? `https://${expected.host}/` } });
}

function selectorsFor(host: string): Selectors | undefined {
  const fits = (domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
  return Object.values(stores).find(({ hosts }) => hosts.some(fits))?.selectors;
}

const fields = ['price', 'currency', 'title', 'availability', 'image'] as const;

/** An address of a marketplace may give a list of one thing in place of the thing. */
function readPage(page: PageToRead, rules: ReadingRules): ProductReading {
  const reading = readProductPage(page, rules);
  if (reading.price !== null) return reading;
  const [listing, another] = adapterFor(page.url)?.readListings(page).listings ?? [];
  return listing && !another ? { ...reading, ...listing } : reading;
}

function score(name: string, rulesFor: (expected: ExpectedPage) => ReadingRules): void {
  const table = Object.fromEntries(
    fields.map((field) => [field, { right: 0, missing: 0, wrong: 0, untold: 0 }]),
  ) as Record<(typeof fields)[number], Record<Verdict, number>>;
  const misses: string[] = [];
  const started = process.cpuUsage();
  for (const { expected, page } of pages) {
    const reading = readPage(page, rulesFor(expected));
    for (const field of fields) {
      const verdict = judge(field, expected, reading);
      table[field][verdict] += 1;
      if (wanted) console.log(field, verdict, reading[field], reading.sources[field] ?? '');
      if (verdict !== 'wrong' && verdict !== 'missing') continue;
      const told =
        field === 'title' ? expected.title_any_of : field === 'image' ? expected.image_keys : expected[field];
      misses.push(
        `  ${verdict} ${field} of ${expected.id}: read ${reading[field]} from ${reading.sources[field] ?? 'nowhere'}, the page has ${String(told).slice(0, 120)}`,
      );
    }
  }
  const { user, system } = process.cpuUsage(started);
  const reference = pages.filter(({ expected }) => expected.markup?.order_pick_right).length;
  console.log(`\n${name}: ${pages.length} pages (the reference extractor: ${reference} prices right)`);
  console.table(
    Object.fromEntries(
      fields.map((field) => [field, Object.fromEntries(verdicts.map((verdict) => [verdict, table[field][verdict]]))]),
    ),
  );
  console.log(misses.join('\n'));
  const seconds = (user + system) / 1e6;
  const megabytes = pages.reduce((sum, { page }) => sum + page.text.length, 0) / 1e6;
  console.log(
    `  ${(pages.length / seconds).toFixed(1)} pages and ${(megabytes / seconds).toFixed(1)} million characters per CPU-second`,
  );
}

score('What pages say of themselves', () => ({}));
score('With the selectors of their stores', (expected) => ({ selectors: selectorsFor(expected.host) }));
