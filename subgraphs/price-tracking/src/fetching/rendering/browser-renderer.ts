import { lookup } from 'node:dns';
import { isRefusedHost } from '@gastronom/shared/http/address-guard';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { FetchTrouble, privateAddress, timedOut, tooLarge, troubleOf } from '../fetch-trouble.ts';
import type { FetchingTools } from '../fetching-tools.ts';
import { checkName, readPageAddress } from '../page-address.ts';
import { limitTime } from '../time-limit.ts';
import type { Room } from '../turn/host-gate.ts';
import { Slots } from '../turn/slots.ts';
import { GuardedProxy, prohibited, proxyStatus } from './guarded-proxy.ts';
import { type Rendered, type Renderer, type RenderRequest, renderingFailed } from './renderer.ts';

/** Node’s own word for it. */
const unreachable = 'EHOSTUNREACH';
/** Without a page for so long, the browser is closed. */
const idleMs = 60_000;
/** For scripts that ask for the price when all else is there: until nothing is asked for, so long at most. */
const settleMs = 3_000;

const unneeded = new Set(['image', 'media', 'font', 'websocket', 'eventsource', 'manifest', 'texttrack']);

const flags = [
  // Addresses of this machine go through the proxy as well, and what is no HTTP goes nowhere.
  '--proxy-bypass-list=<-loopback>',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-pings',
  '--js-flags=--max-old-space-size=512',
];

interface Running {
  readonly browser: Browser;
  readonly proxy: GuardedProxy;
}

/** The project’s own headless browser: started when it is needed, closed when it is not. */
export class BrowserRenderer implements Renderer {
  readonly room: Room;
  readonly #path: string;
  readonly #tools: FetchingTools;
  readonly #limits: { readonly timeoutMs: number; readonly limitBytes: number };
  #pages = 0;
  #running: Promise<Running> | null = null;
  #idle: NodeJS.Timeout | undefined;

  constructor(path: string, tools: FetchingTools, limits: { readonly timeoutMs: number; readonly limitBytes: number }) {
    this.room = { places: new Slots(), most: tools.settings.BROWSER_PAGES };
    this.#path = path;
    this.#tools = tools;
    this.#limits = limits;
  }

  async render(request: RenderRequest): Promise<Rendered> {
    await checkName(request.url, this.#tools);
    this.#pages += 1;
    clearTimeout(this.#idle);
    try {
      const { browser } = await this.#start();
      return await this.#withContext(browser, request);
    } finally {
      this.#pages -= 1;
      if (this.#pages === 0) this.#idle = setTimeout(() => void this.close(), idleMs).unref();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const running = this.#running;
    this.#running = null;
    if (!running) return;
    const [started] = await Promise.allSettled([running]);
    if (started.status === 'rejected') return;
    const { browser, proxy } = started.value;
    await browser.close();
    await proxy.close();
  }

  #start(): Promise<Running> {
    this.#running ??= this.#launch().catch((error: unknown) => {
      this.#running = null;
      this.#tools.logger.error({ err: error }, 'the browser for pages of stores could not be started');
      throw renderingFailed('the browser could not be started.', false, error);
    });
    return this.#running;
  }

  async #launch(): Promise<Running> {
    const { chromium } = await import('playwright-core');
    const { allowed, resolve = lookup, settings } = this.#tools;
    const proxy = new GuardedProxy({ allowed, resolve });
    const server = await proxy.listen();
    const { username, password } = proxy;
    try {
      const browser = await chromium.launch({
        executablePath: this.#path,
        chromiumSandbox: settings.BROWSER_SANDBOX,
        args: flags,
        proxy: { server, username, password },
      });
      browser.once('disconnected', () => {
        // One that died by itself is started anew for the next page.
        this.#running = null;
        void proxy.close();
      });
      return { browser, proxy };
    } catch (error) {
      await proxy.close();
      throw error;
    }
  }

  async #withContext(browser: Browser, request: RenderRequest): Promise<Rendered> {
    const { url, signal, locale } = request;
    const context = await browser.newContext({
      userAgent: this.#tools.settings.FETCH_USER_AGENT,
      serviceWorkers: 'block',
      acceptDownloads: false,
      ...(locale ? { locale } : {}),
    });
    // A page whose script never ends answers nothing any more: it can only be closed.
    const limit = limitTime(this.#limits.timeoutMs + settleMs, signal, () => timedOut(url.host));
    limit.signal.addEventListener('abort', () => void context.close(), { once: true });
    try {
      limit.signal.throwIfAborted();
      await this.#guard(context);
      return await this.#show(await context.newPage(), url);
    } catch (error) {
      throw limit.signal.aborted ? limit.signal.reason : this.#explained(url, error);
    } finally {
      limit.end();
      await context.close();
    }
  }

  /** Refuses what the proxy would refuse as well, and what no price is in. */
  async #guard(context: BrowserContext): Promise<void> {
    const isRefused = (asked: Request): boolean => {
      const url = new URL(asked.url());
      return (
        unneeded.has(asked.resourceType()) ||
        (/^https?:$/.test(url.protocol) && isRefusedHost(url, this.#tools.allowed))
      );
    };
    await context.route('**/*', (route) => (isRefused(route.request()) ? route.abort() : route.continue()));
    await context.routeWebSocket(/.*/, (socket) => socket.close());
  }

  async #show(page: Page, url: URL): Promise<Rendered> {
    const { timeoutMs, limitBytes } = this.#limits;
    const answer = await page.goto(url.href, { waitUntil: 'load', timeout: timeoutMs });
    const refusal = answer?.headers()[proxyStatus];
    if (refusal === prohibited) throw privateAddress(new URL(page.url()).host);
    if (refusal) throw troubleOf(url.host, { code: unreachable });
    await settled(page);
    const text = await page.content();
    if (text.length > limitBytes) throw tooLarge(limitBytes);
    const end = readPageAddress(page.url(), this.#tools.allowed, url);
    return { url: end.href, text, status: answer?.status() ?? null };
  }

  #explained(url: URL, error: unknown): unknown {
    if (error instanceof FetchTrouble) return error;
    const { name, message } = error as Error;
    if (name === 'TimeoutError') return timedOut(url.host);
    // What the proxy refuses in a redirect looks like this from within.
    if (/ERR_(TUNNEL_CONNECTION_FAILED|BLOCKED_BY_CLIENT|FAILED)\b/.test(message)) return privateAddress(url.host);
    const what = /net::(ERR_[A-Z_]+)/.exec(message)?.[1];
    return renderingFailed(what ? `${url.host} could not be shown (${what}).` : 'the browser failed.', !what, error);
  }
}

/** Shops that never stop asking are read all the same. */
async function settled(page: Page): Promise<void> {
  try {
    await page.waitForLoadState('networkidle', { timeout: settleMs });
  } catch (error) {
    if ((error as Error).name !== 'TimeoutError') throw error;
  }
}
