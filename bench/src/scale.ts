// The same list pages at 10,000, 100,000 and 1,000,000 goods, through the public door, each beside the smallest.
// Usage: pnpm --filter bench scale [--sizes 10000,100000,1000000]
import { parseArgs } from 'node:util';
import { goods } from './goods.ts';
import { ask, startDatabase, startGraph } from './graph.ts';
import { fixed, median, secondsOf } from './measure.ts';

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '10000,100000,1000000' }, samples: { type: 'string', default: '60' } },
});

const mutation = `mutation Sync($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }`;
const list = (filter: string, sort: string) => `query List($after: String) {
  products(first: 20, after: $after${filter}${sort}) {
    nodes { id sku name price { amount currencyCode } isAvailable availability { status availableOnline asOf isStale } }
    pageInfo { endCursor }
  }
}`;
const pages: Record<string, string> = {
  'newest first': list('', ', sort: NEWEST'),
  'by name': list('', ', sort: NAME_ASC'),
  'cheapest first': list('', ', sort: PRICE_ASC'),
  'available, by price': list(', filter: { available: true, minPrice: "100", maxPrice: "200" }', ', sort: PRICE_ASC'),
  'search for a word': list(', filter: { text: "madeleines" }', ''),
};

interface Listed {
  readonly products: { readonly pageInfo: { readonly endCursor: string | null } };
}

/** Median time of a page in milliseconds, first pages and later ones mixed. */
async function pageTime(url: string, query: string): Promise<number> {
  const times: number[] = [];
  let after: string | null = null;
  for (let sample = 0; sample < Number(values.samples); sample += 1) {
    times.push(
      await secondsOf(async () => {
        const answer: Listed = await ask<Listed>(url, query, { after });
        after = sample % 6 === 5 ? null : answer.products.pageInfo.endCursor;
      }),
    );
  }
  return median(times) * 1_000;
}

const database = await startDatabase();
const graph = await startGraph(database);
const sizes = values.sizes.split(',').map(Number);
const first = new Map<string, number>();
let loaded = 0;
const all = goods(Math.max(...sizes));
for (const size of sizes) {
  for (; loaded < size; loaded += 1_000)
    await ask(
      graph.url,
      mutation,
      { input: { source: 'bench', items: all.slice(loaded, Math.min(loaded + 1_000, size)) } },
      graph.key,
    );
  for (const [name, query] of Object.entries(pages)) {
    await pageTime(graph.url, query);
    const milliseconds = await pageTime(graph.url, query);
    if (!first.has(name)) first.set(name, milliseconds);
    console.log(
      `${String(size).padStart(9)} goods   ${name.padEnd(20)} ${fixed(milliseconds).padStart(7)} ms a page   ${fixed(milliseconds / (first.get(name) ?? Number.NaN))}× of the smallest`,
    );
  }
}
await graph.stop();
await database.stop();
