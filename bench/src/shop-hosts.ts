// Shops for `refresh.ts`, in a process of their own: each on an address of the loopback network, with robots.txt, pages
// whose version is known by their ETag, and a record of how politely they were asked.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ShopPages } from './shop-pages.ts';

export interface ShopHostsOptions {
  readonly hosts: number;
  readonly kilobytes: number;
  /** How long each answer is thought over. */
  readonly latencyMs: number;
}

/** How the shops were asked since they were last told to forget it. */
export interface Politeness {
  readonly pages: number;
  readonly unchanged: number;
  readonly robots: number;
  /** Over all hosts. */
  readonly mostAtATime: number;
  readonly mostAtATimeOfAHost: number;
  /** The shortest time between the beginnings of two requests to one host. */
  readonly leastGapMs: number;
}

export const hostOf = (place: number): string => `127.1.${Math.floor(place / 200)}.${(place % 200) + 1}`;

class Visits {
  readonly #last = new Map<string, number>();
  readonly #inside = new Map<string, number>();
  #all = 0;
  seen = { pages: 0, unchanged: 0, robots: 0, mostAtATime: 0, mostAtATimeOfAHost: 0, leastGapMs: Number.MAX_VALUE };

  begin(host: string): void {
    const now = performance.now();
    const gap = now - (this.#last.get(host) ?? Number.NEGATIVE_INFINITY);
    const inside = (this.#inside.get(host) ?? 0) + 1;
    this.#last.set(host, now);
    this.#inside.set(host, inside);
    this.#all += 1;
    this.seen.leastGapMs = Math.min(this.seen.leastGapMs, gap);
    this.seen.mostAtATime = Math.max(this.seen.mostAtATime, this.#all);
    this.seen.mostAtATimeOfAHost = Math.max(this.seen.mostAtATimeOfAHost, inside);
  }

  end(host: string): void {
    this.#inside.set(host, (this.#inside.get(host) ?? 1) - 1);
    this.#all -= 1;
  }

  tell(): Politeness {
    const { seen } = this;
    this.seen = { ...new Visits().seen };
    return seen;
  }
}

const visits = new Visits();

function answer(pages: ShopPages, changed: Set<string>, request: IncomingMessage, response: ServerResponse): void {
  const host = request.headers.host ?? '';
  const path = request.url ?? '/';
  if (path === '/robots.txt') {
    visits.seen.robots += 1;
    response.writeHead(200, { 'content-type': 'text/plain' }).end('User-agent: *\nAllow: /\n');
    return;
  }
  const number = Number(path.split('/').at(-1));
  const isChanged = changed.has('all') && number % 10 === 0;
  const etag = `"${isChanged ? 2 : 1}"`;
  if (request.headers['if-none-match'] === etag) {
    visits.seen.unchanged += 1;
    response.writeHead(304, { etag }).end();
    return;
  }
  visits.seen.pages += 1;
  const body = pages.page(`Goods ${number} of ${host}`, `${(number % 90) + (isChanged ? 1 : 2)}.90`);
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip', etag };
  response.writeHead(200, headers).end(body);
}

async function serve({ hosts, kilobytes, latencyMs }: ShopHostsOptions): Promise<number> {
  const pages = new ShopPages(kilobytes);
  const changed = new Set<string>();
  process.on('message', (message) => {
    if (message === 'change') changed.add('all');
    if (message === 'tell') process.send?.(visits.tell());
  });
  let port = 0;
  for (let place = 0; place < hosts; place += 1) {
    const server = createServer((request, response) => {
      const host = request.headers.host ?? '';
      if (request.url !== '/robots.txt') {
        visits.begin(host);
        response.once('close', () => visits.end(host));
      }
      setTimeout(() => answer(pages, changed, request, response), latencyMs);
    });
    await new Promise<void>((resolve) => server.listen(port, hostOf(place), resolve));
    port = (server.address() as AddressInfo).port;
  }
  return port;
}

if (process.send) {
  process.once('message', (options: ShopHostsOptions) => void serve(options).then((port) => process.send?.(port)));
  process.once('disconnect', () => process.exit());
}
