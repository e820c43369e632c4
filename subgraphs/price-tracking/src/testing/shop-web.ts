import type { LookupAddress } from 'node:dns';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import type { AddressRule, Resolver } from '@gastronom/shared/http/address-guard';
import { createLogger } from '@gastronom/shared/logger';
import { z } from 'zod';
import type { PageFetcher } from '../fetching/fetched-page.ts';
import { fetchingVariables } from '../fetching/fetching-settings.ts';
import { type FetchingTools, reallySleep } from '../fetching/fetching-tools.ts';
import { createPageFetcher } from '../fetching/page-fetcher.ts';
import { MemoryTurns } from '../fetching/turn/memory-turns.ts';

/** How often an address has been asked for, this time included. */
export type ShopHandler = (request: IncomingMessage, response: ServerResponse, time: number) => void;

export interface ShopAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

/** HTML, an answer, or whatever a server may do. */
export type ShopPage = string | ShopAnswer | ShopHandler;

/** Pages by path, without query; `*` for all that have none of their own. A shop without `/robots.txt` has none. */
export type Shop = Readonly<Record<string, ShopPage>>;

/** A request as a shop has seen it. */
export interface ShopVisit {
  readonly host: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** By the clock of the web. */
  readonly at: number;
}

export interface ShopWebOptions {
  readonly clock?: () => number;
  /** What further names stand for, as `{ 'inside.test': ['127.0.0.2'] }`. */
  readonly names?: Readonly<Record<string, readonly string[] | (() => readonly string[])>>;
}

/** Where all shops are, and where nobody is to come: that address is not among those allowed. */
export const shopAddress = '127.0.0.1';
export const sentinelAddress = '127.0.0.2';

export class ShopWeb {
  port = 0;
  /** All requests to shops, in their order. */
  readonly visits: ShopVisit[] = [];
  /** What reached the private address: must stay empty. Connections without a request count too. */
  readonly trespasses: string[] = [];
  readonly #shops = new Map<string, Map<string, ShopPage>>();
  readonly #names: ShopWebOptions['names'];
  readonly #servers: Server[] = [];
  readonly #fetchers: PageFetcher[] = [];
  readonly #times = new Map<string, number>();
  readonly clock: () => number;

  constructor(shops: Readonly<Record<string, Shop>>, { clock = Date.now, names = {} }: ShopWebOptions) {
    this.clock = clock;
    this.#names = names;
    for (const [host, pages] of Object.entries(shops)) this.#shops.set(host, new Map(Object.entries(pages)));
  }

  async listen(): Promise<void> {
    const shops = await this.#serve(shopAddress, 0);
    this.port = (shops.address() as AddressInfo).port;
    for (const host of this.#shops.keys())
      if (isIP(host) !== 0 && host !== shopAddress) await this.#serve(host, this.port);
    const sentinel = createServer((request, response) => {
      this.trespasses.push(`${request.method} ${request.headers.host}${request.url}`);
      response.end('a secret of this network');
    });
    sentinel.on('connection', () => this.trespasses.push('a connection'));
    await listening(sentinel, sentinelAddress, this.port);
    this.#servers.push(sentinel);
  }

  url(host: string, path = '/'): string {
    return `http://${host}:${this.port}${path}`;
  }

  /** Changes a page, or adds one. */
  put(host: string, path: string, page: ShopPage): void {
    const pages = this.#shops.get(host) ?? new Map<string, ShopPage>();
    this.#shops.set(host, pages.set(path, page));
  }

  /** What a shop was asked for, in this order; its robots.txt aside. */
  paths(host: string): string[] {
    return this.visitsTo(host).map(({ path }) => path);
  }

  visitsTo(host: string): ShopVisit[] {
    return this.visits.filter((visit) => visit.host === host && visit.path !== '/robots.txt');
  }

  /** Addresses of the shops alone; with those, nothing else of this machine can be reached. */
  readonly allowed: AddressRule = (address) =>
    isIP(address) !== 0 && (address === shopAddress || this.#shops.has(address));

  /** Looks names up without a network: those of the shops, and those given. */
  readonly resolve: Resolver = (name, _options, callback) => {
    const given = this.#names?.[name];
    const named = typeof given === 'function' ? given() : given;
    const known = named ?? (this.#shops.has(name) ? [shopAddress] : undefined);
    const addresses = (known ?? []).map((address): LookupAddress => ({ address, family: isIP(address) }));
    const unknown = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
    setImmediate(() => callback(known ? null : unknown, addresses));
  };

  /**
   * A fetcher that sees these shops and nothing else. It asks as often as it likes unless settings say otherwise, and its
   * retries wait for nothing.
   */
  fetcher(settings: Readonly<Record<string, string>> = {}, tools: Partial<FetchingTools> = {}): PageFetcher {
    const given = { FETCH_DELAY_MS: '0', FETCH_CONCURRENCY: '16', ...settings };
    const fetcher = createPageFetcher({
      settings: z.object(fetchingVariables).parse(given),
      allowed: this.allowed,
      resolve: this.resolve,
      turns: new MemoryTurns(this.clock),
      logger: createLogger('shops', 'silent'),
      clock: this.clock,
      sleep: (_ms, signal) => reallySleep(0, signal),
      random: () => 0.5,
      ...tools,
    });
    this.#fetchers.push(fetcher);
    return fetcher;
  }

  async close(): Promise<void> {
    await Promise.all(this.#fetchers.map((fetcher) => fetcher.close()));
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  }

  async #serve(address: string, port: number): Promise<Server> {
    const server = createServer((request, response) => this.#answer(request, response));
    await listening(server, address, port);
    this.#servers.push(server);
    return server;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const path = request.url ?? '/';
    this.visits.push({ host, path, headers: request.headers, at: this.clock() });
    const key = `${host} ${path}`;
    const time = (this.#times.get(key) ?? 0) + 1;
    this.#times.set(key, time);
    const pages = this.#shops.get(host);
    const [name = ''] = path.split('?');
    const page = pages?.get(name) ?? (name === '/robots.txt' ? undefined : pages?.get('*'));
    response.on('error', () => undefined);
    if (typeof page === 'function') page(request, response, time);
    else send(response, page ?? { status: 404, body: 'There is no such page.' });
  }
}

/** Answers with a page, or does with the answer what a handler does. */
export function send(response: ServerResponse, page: string | ShopAnswer): void {
  const { status = 200, headers = {}, body = '' } = typeof page === 'string' ? { body: page } : page;
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
}

const listening = (server: Server, address: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, address, () => {
      server.off('error', reject);
      resolve();
    });
  });

/**
 * A web of shops on this machine. Shops have names, as `tea.test`, or addresses, as `127.0.0.11`, and all the same port:
 * `const web = await serveShops({ 'tea.test': { '/green': shopPage({ price: '4.90' }) } })`, then
 * `web.fetcher().fetch({ url: web.url('tea.test', '/green') })`.
 */
export async function serveShops(
  shops: Readonly<Record<string, Shop>>,
  options: ShopWebOptions = {},
): Promise<ShopWeb> {
  const web = new ShopWeb(shops, options);
  await web.listen();
  return web;
}
