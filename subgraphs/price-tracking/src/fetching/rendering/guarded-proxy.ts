import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { AddressRefusedError, bareHost, guardedLookup, isRefusedHost } from '@gastronom/shared/http/address-guard';
import type { FetchingTools } from '../fetching-tools.ts';

/** Of a connection; what a page needs is far below. */
const mostBytes = 64 * 1_048_576;

const hopByHop = /^(proxy-|connection$|keep-alive$|te$|upgrade$)/;

/** How a proxy says why there is no answer (RFC 9209); no server gets such a header past us. */
export const proxyStatus = 'proxy-status';
export const prohibited = 'gastronom; error=destination_ip_prohibited';
const unreachable = 'gastronom; error=destination_unavailable';

interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/**
 * The only way out of a browser. Names are looked up here, once, and connected to as they were looked up: no script,
 * redirect or name that changes its mind gets past. Whoever else is on this machine cannot use it: it has a password.
 */
export class GuardedProxy {
  readonly username = 'browser';
  readonly password = randomBytes(24).toString('base64url');
  readonly #tools: Pick<FetchingTools, 'allowed' | 'resolve'>;
  readonly #lookup: LookupFunction;
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();

  constructor(tools: Pick<FetchingTools, 'allowed'> & { readonly resolve: NonNullable<FetchingTools['resolve']> }) {
    this.#tools = tools;
    this.#lookup = guardedLookup(tools.allowed, tools.resolve);
    this.#server = createServer((incoming, response) => this.#forward(incoming, response));
    this.#server.on('connect', (incoming: IncomingMessage, socket: Duplex) => this.#tunnel(incoming, socket));
    this.#server.on('upgrade', (_incoming, socket: Duplex) => socket.destroy());
  }

  /** @returns its address. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  #isOurs({ headers }: IncomingMessage): boolean {
    const ours = Buffer.from(`${this.username}:${this.password}`).toString('base64');
    return headers['proxy-authorization'] === `Basic ${ours}`;
  }

  /** Where a request is to go; null where it may not. */
  #targetOf(address: string): Target | null {
    if (!URL.canParse(address)) return null;
    const url = new URL(address);
    if (url.protocol !== 'http:' || isRefusedHost(url, this.#tools.allowed)) return null;
    return { host: bareHost(url.hostname), port: Number(url.port || 80), path: `${url.pathname}${url.search}` };
  }

  #connection({ host }: Target) {
    // Literals are connected to without a lookup, and have been looked at.
    return isIP(host) === 0 ? { lookup: this.#lookup } : {};
  }

  #tunnel(incoming: IncomingMessage, socket: Duplex): void {
    this.#keep(socket);
    if (!this.#isOurs(incoming)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="pages"\r\n\r\n');
      return;
    }
    const port = /:(\d+)$/.exec(incoming.url ?? '')?.[1];
    const target = this.#targetOf(`http://${incoming.url}`);
    if (!target || !port) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const { host } = target;
    const out = connect({ host, port: Number(port), ...this.#connection(target) });
    this.#keep(out);
    let isOpen = false;
    let bytes = 0;
    out.once('connect', () => {
      isOpen = true;
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(out);
      out.pipe(socket);
    });
    out.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > mostBytes) out.destroy();
    });
    out.on('error', () => socket.end(isOpen ? undefined : 'HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    out.on('close', () => socket.destroy());
    socket.on('close', () => out.destroy());
  }

  #forward(incoming: IncomingMessage, response: ServerResponse): void {
    response.on('error', () => incoming.destroy());
    if (!this.#isOurs(incoming)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="pages"' }).end();
      return;
    }
    const target = this.#targetOf(incoming.url ?? '');
    if (!target) {
      response.writeHead(403, { [proxyStatus]: prohibited }).end('refused');
      return;
    }
    const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !hopByHop.test(name)));
    const { method } = incoming;
    const out = request({ ...target, method, headers, agent: false, ...this.#connection(target) }, (answer) => {
      let bytes = 0;
      const kept = Object.entries(answer.headers).filter(([name]) => !hopByHop.test(name));
      response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > mostBytes) response.destroy();
      });
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    out.on('error', (error) => {
      const why = error instanceof AddressRefusedError ? prohibited : unreachable;
      if (response.headersSent) response.destroy();
      else response.writeHead(502, { [proxyStatus]: why }).end('unreachable');
    });
    response.on('close', () => out.destroy());
    incoming.pipe(out);
  }

  #keep(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
