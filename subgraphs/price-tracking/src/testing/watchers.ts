import type { SubgraphEnvironment, SubgraphTransport } from '@gastronom/shared/subgraph';
import {
  createTestSubgraph,
  type TestAnswer,
  type TestSubgraph,
  viewers,
} from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { createPriceTrackingContext } from '../context.ts';
import { readPriceTrackingSettings } from '../env.ts';
import { priceTracking } from '../subgraph.ts';
import { type Shop, type ShopWeb, serveShops } from './shop-web.ts';

const person = (end: string) =>
  ({ kind: 'user', userId: `00000000-0000-4000-8000-0000000000${end}`, role: 'CUSTOMER' }) as const satisfies Viewer;

/** People who watch prices, beside those whom each test knows. */
export const people = { ...viewers, anna: person('a1'), boris: person('a2') } as const satisfies Record<string, Viewer>;

export type Person = keyof typeof people;

interface WatchersOptions {
  readonly shops?: Readonly<Record<string, Shop>>;
  readonly peers?: Record<string, SubgraphTransport>;
  readonly works?: boolean;
  /** What names stand for that are no shops. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** How pages are fetched. */
  readonly fetching?: Readonly<Record<string, string>>;
}

/** The subgraph on a database of its own, beside a web of shops. */
export class Watchers {
  readonly subgraph: TestSubgraph;
  readonly web: ShopWeb;
  /** What jobs are made of, for tests that do them by hand. */
  readonly environment: SubgraphEnvironment;

  private constructor(subgraph: TestSubgraph, web: ShopWeb, environment: SubgraphEnvironment) {
    this.subgraph = subgraph;
    this.web = web;
    this.environment = environment;
  }

  static async open({
    shops = {},
    peers = {},
    works = false,
    names = {},
    fetching = {},
  }: WatchersOptions = {}): Promise<Watchers> {
    const web = await serveShops(shops, { names });
    let environment: SubgraphEnvironment | null = null;
    const createContext: typeof priceTracking.createContext = (given) => {
      environment = given;
      // However slow the machine is, nothing runs out of time.
      const settings = readPriceTrackingSettings({ PAGE_PATIENCE_SECONDS: '120' });
      return createPriceTrackingContext(given, settings, Date.now, web.fetcher(fetching));
    };
    const subgraph = await createTestSubgraph({ ...priceTracking, createContext }, { subgraphs: peers, works });
    if (environment === null) throw new Error('the subgraph has no context');
    return new Watchers(subgraph, web, environment);
  }

  execute(query: string, variables: Record<string, unknown> = {}, who: Person = 'anna'): Promise<TestAnswer> {
    return this.subgraph.execute(query, variables, people[who]);
  }

  /** What is answered to one who may ask. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async ask(query: string, variables: Record<string, unknown> = {}, who: Person = 'anna'): Promise<any> {
    const { data, errors } = await this.execute(query, variables, who);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Makes a tracked product. */
  async product(name: string, more: Record<string, unknown> = {}, who: Person = 'anna'): Promise<string> {
    const query =
      'mutation ($input: CreateTrackedProductInput!) { createTrackedProduct(input: $input) { product { id } userErrors { code } } }';
    const { product, userErrors } = (await this.ask(query, { input: { name, ...more } }, who)).createTrackedProduct;
    if (!product) throw new Error(JSON.stringify(userErrors));
    return product.id;
  }

  /** Adds a page to a product. */
  async page(
    productId: string,
    url: string,
    more: Record<string, unknown> = {},
    who: Person = 'anna',
  ): Promise<string> {
    const query =
      'mutation ($input: AddTrackedUrlInput!) { addTrackedUrl(input: $input) { trackedUrl { id } userErrors { code } } }';
    const { trackedUrl, userErrors } = (await this.ask(query, { input: { productId, url, ...more } }, who))
      .addTrackedUrl;
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    return trackedUrl.id;
  }

  /** How many rows each table has. */
  async counts(...tables: string[]): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const table of tables) {
      const [row] = await this.subgraph.ownerQuery<{ count: number }>(
        `SELECT count(*)::int FROM price_tracking.${table}`,
      );
      counts[table] = row?.count ?? 0;
    }
    return counts;
  }

  async empty(): Promise<void> {
    await this.subgraph.ownerQuery(
      'TRUNCATE price_tracking.stores, price_tracking.tracked_products, price_tracking.tags CASCADE',
    );
  }

  async close(): Promise<void> {
    await this.subgraph.close();
    await this.web.close();
  }
}
