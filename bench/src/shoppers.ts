import { Pool } from 'undici';
import type { Page, PageKind } from './pages.ts';

/** How many of a hundred pages that shoppers open are of which kind. */
const mix: Readonly<Record<PageKind, number>> = { list: 40, category: 20, search: 15, product: 25 };

/** The kinds in a fixed order in which each comes as often as it should, and spread out. */
export const sequence: readonly PageKind[] = Array.from({ length: 100 }, (_, index) => {
  let left = (index * 37) % 100;
  for (const [kind, share] of Object.entries(mix) as [PageKind, number][]) {
    if (left < share) return kind;
    left -= share;
  }
  return 'list';
});

/** Opens pages as many browsers would, over connections that are kept. */
export class Shoppers {
  readonly #pool: Pool;
  readonly #path: string;

  constructor(url: string, connections = 128) {
    const { origin, pathname } = new URL(url);
    this.#pool = new Pool(origin, { connections });
    this.#path = pathname;
  }

  /** Asks one thing; an answer with errors is none. */
  async ask(asked: Page | Readonly<Record<string, unknown>>): Promise<void> {
    const body = JSON.stringify(asked);
    const headers = { 'content-type': 'application/json' };
    const response = await this.#pool.request({ path: this.#path, method: 'POST', headers, body });
    const text = await response.body.text();
    if (response.statusCode !== 200 || text.startsWith('{"errors"') || text.includes('"availability":null'))
      throw new Error(`${response.statusCode} ${text.slice(0, 300)} for ${body.slice(0, 200)}`);
  }

  /** The page whose turn it is, another one of its kind each time. */
  async open(pages: Readonly<Record<PageKind, readonly Page[]>>, turn: number): Promise<PageKind> {
    const kind = sequence[turn % sequence.length] ?? 'list';
    const of = pages[kind];
    const page = of[turn % of.length];
    if (!page) throw new Error(`there is no page of the kind ${kind}`);
    await this.ask(page);
    return kind;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
