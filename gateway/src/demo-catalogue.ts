import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@gastronom/shared/env';

export interface DemoTarget {
  readonly url: string;
  readonly key: string;
  readonly dataDir: string;
}

const syncDemo = `mutation SyncDemo($input: SyncProductsInput!) {
  syncProducts(input: $input) { run { counts { created updated unchanged rejected } } userErrors { message } }
}`;

/** Foods from Open Food Facts with invented prices and stock; see `demo/README.md`. */
const readDemo = (): unknown[] =>
  readFileSync(join(projectRoot, 'demo', 'products.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** Loads the demo goods once, through the public mutation as a scraper would. A start that was cut loads them again. */
export async function loadDemoOnce({ url, key, dataDir }: DemoTarget): Promise<void> {
  const marker = join(dataDir, 'demo-loaded');
  if (existsSync(marker)) return;
  const items = readDemo();
  for (let from = 0; from < items.length; from += 500) {
    const variables = { input: { source: 'demo', items: items.slice(from, from + 500) } };
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: syncDemo, variables }),
    });
    const answer = (await response.json()) as { errors?: { message: string }[] };
    if (answer.errors) throw new Error(`The demo goods could not be loaded: ${answer.errors[0]?.message}`);
  }
  writeFileSync(marker, `${new Date().toISOString()}\n`);
}
