import { type OneC, type OneCOptions, startOneC } from '@gastronom/one-c-stand-in/one-c';
import { type Answer, type Mode, startTestGraph, type TestGraph } from './harness.ts';
import { freePort } from './product-process.ts';

export const secret = 'what-the-shop-and-1c-both-know';
export const webhook = '/api/v1/integrations/one_c/stocks';

/** Waits until something holds; says what did not. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const end = Date.now() + 120_000;
  while (Date.now() < end) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`in vain: ${what}`);
}

const deliveries = `{ oneCDeliveries(first: 100) { nodes {
  id status warehouse items applied rejected attempts failure { code message } run { source status } } } }`;
const replay = `mutation ($id: ID!) { replayOneCDelivery(id: $id) { userErrors { message } } }`;
const page = `query ($skus: Int) { products(first: $skus, sort: NAME_ASC) { nodes { sku availability { availableOnline isStale } } } }`;
const freshness = `{ warehouses { nodes { freshness { isStale consecutiveFailures lastFailure circuit requestedAt } } } }`;

export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  readonly body: any;
}

/** What 1C posts, and how it was taken. */
export async function post(
  graphUrl: string,
  body: unknown,
  headers: Record<string, string> = { authorization: `Bearer ${secret}` },
): Promise<Reply> {
  const isPlain = typeof body === 'string' || Buffer.isBuffer(body);
  const response = await fetch(graphUrl.replace('/graphql', webhook), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: isPlain ? (body as string) : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** The whole graph beside a 1C, with a good that both know. */
export class ShopWithOneC {
  private constructor(
    readonly graph: TestGraph,
    readonly oneC: OneC,
  ) {}

  /** The test's own process holds the graph, so that its settings are this environment's. */
  static async open(mode: Mode, options: Partial<OneCOptions> = {}, settings: Record<string, string> = {}) {
    const oneC = await startOneC({ stocks: { '001': { 'A-1': 20 } }, secret, delayMs: 5, ...options });
    const port = String(await freePort());
    Object.assign(process.env, {
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      ONE_C_URL: oneC.url,
      ONE_C_WEBHOOK_SECRETS: secret,
      STOCK_BUFFER_DEFAULT: '0',
      STOCK_REFRESH_FLOOR_SECONDS: '1',
      ...settings,
    });
    const graph = await startTestGraph(mode, { ...settings, PORT: port });
    return new ShopWithOneC(graph, oneC);
  }

  /** Goods in the catalogue, with stock that was seen so many minutes ago. */
  async stocked(quantities: Record<string, number>, minutesAgo: number): Promise<void> {
    const items = Object.entries(quantities).map(([sku, stockQuantity]) => ({ sku, name: sku, stockQuantity }));
    const observedAt = new Date(Date.now() - minutesAgo * 60_000).toISOString();
    const { errors, data } = await this.graph.query(
      'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }',
      { input: { source: 'shop', items, observedAt } },
      this.graph.tokens.service,
    );
    if (errors || data.syncProducts.userErrors.length > 0) throw new Error(JSON.stringify(errors ?? data));
  }

  post(body: unknown, headers?: Record<string, string>): Promise<Reply> {
    return post(this.graph.url, body, headers);
  }

  read(): Promise<Answer> {
    return this.graph.query(page, { skus: 20 });
  }

  /** What a shopper sees of each good: `A-1 20`, `A-1 20 stale`. */
  async shelf(): Promise<string[]> {
    const { data } = await this.read();
    return data.products.nodes.map(
      (node: { sku: string; availability: { availableOnline: number; isStale: boolean } }) =>
        `${node.sku} ${node.availability.availableOnline}${node.availability.isStale ? ' stale' : ''}`,
    );
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async deliveries(): Promise<any[]> {
    const { data } = await this.graph.query(deliveries, {}, this.graph.tokens.admin);
    return data.oneCDeliveries.nodes;
  }

  /** The delivery, once it does not wait any longer. */
  delivery(id: string | undefined) {
    if (!id) throw new Error('the webhook gave no id of a delivery');
    return until(`delivery ${id} is done`, async () => {
      const found = (await this.deliveries()).find((delivery) => delivery.id === id);
      return found?.status === 'RECEIVED' ? undefined : found;
    });
  }

  replay(id: string): Promise<Answer> {
    return this.graph.query(replay, { id }, this.graph.tokens.admin);
  }

  async freshness() {
    const { data } = await this.graph.query(freshness, {}, this.graph.tokens.staff);
    return data.warehouses.nodes[0].freshness;
  }

  async stop(): Promise<void> {
    await this.graph.stop();
    await this.oneC.stop();
  }
}
