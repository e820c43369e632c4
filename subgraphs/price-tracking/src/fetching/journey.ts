import { decodePage } from '@gastronom/product-page/decode-page';
import { type Answer, ask, headerOf, type Wire } from './answer.ts';
import type { FetchCount } from './fetch-count.ts';
import { FetchTrouble } from './fetch-trouble.ts';
import type { PageRequest, Validators } from './fetched-page.ts';
import type { FetchingTools } from './fetching-tools.ts';
import { metaRefreshOf } from './meta-refresh.ts';
import { readPageAddress } from './page-address.ts';
import { headersFor, isConditional, validatorsOf } from './page-headers.ts';
import { type Renderer, type Renderers, rendererFor } from './rendering/renderer.ts';
import type { Robots } from './robots/robots.ts';
import { Trail } from './trail.ts';
import type { HostGate, HostManners, Visitor } from './turn/host-gate.ts';
import { isPage, notAPage, redirectOf, troubleOfStatus } from './verdict.ts';
import { wallOf, wallOfHeaders } from './wall.ts';

/** What came back from a journey that ended at a page. */
export type Found =
  | { readonly kind: 'PAGE'; readonly url: string; readonly text: string; readonly validators: Validators }
  | { readonly kind: 'UNCHANGED'; readonly validators: Validators };

/** What all journeys of a fetcher share. */
export interface Roads {
  readonly tools: FetchingTools;
  readonly wire: Wire;
  readonly gate: HostGate;
  readonly robots: Robots;
  readonly renderers: Renderers;
}

/** How much of an answer without a page is looked at for what it is. */
const lookedAt = 64 * 1_024;

/** What turns count by: a name is the same with its final dot. */
const hostOf = ({ host }: URL): string => host.replace(/\.(?=:|$)/, '');

/** One way to a page: past robots.txt files, turns and redirects, once. */
export class Journey {
  readonly #roads: Roads;
  readonly #request: PageRequest;
  readonly #count: FetchCount;
  readonly #visitor: Visitor;
  readonly #trail = new Trail();

  constructor(roads: Roads, request: PageRequest, count: FetchCount, visitor: Visitor) {
    this.#roads = roads;
    this.#request = request;
    this.#count = count;
    this.#visitor = visitor;
  }

  /** @throws FetchTrouble, or the signal’s reason */
  async travel(): Promise<Found> {
    let next = readPageAddress(this.#request.url, this.#roads.tools.allowed);
    for (;;) {
      const end = await this.#visit(next);
      if (!(end instanceof URL)) return end;
      next = end;
    }
  }

  /** What the site, the store and the installation wish, whichever is slowest. @throws FetchTrouble */
  async #mannersAt(url: URL): Promise<HostManners> {
    const { robots, tools } = this.#roads;
    const { FETCH_DELAY_MS, FETCH_CONCURRENCY } = tools.settings;
    const { politeness } = this.#request;
    const crawlDelayMs = await robots.delayFor(url, this.#visitor.signal);
    return {
      room: this.#renderer()?.room,
      delayMs: Math.max(FETCH_DELAY_MS, politeness?.delayMs ?? 0, crawlDelayMs),
      concurrency: Math.min(FETCH_CONCURRENCY, politeness?.concurrency ?? FETCH_CONCURRENCY),
    };
  }

  /** Everything on one host is one visit: redirects within it wait for no turn. @returns a page, or where to go on */
  async #visit(start: URL): Promise<Found | URL> {
    const manners = await this.#mannersAt(start);
    const host = hostOf(start);
    return this.#roads.gate.visit(host, manners, this.#visitor, async () => {
      const begun = performance.now();
      try {
        const renderer = this.#renderer();
        if (renderer) return await this.#render(start, renderer);
        for (let here = start; ; ) {
          const end = await this.#step(here);
          if (!(end instanceof URL) || hostOf(end) !== host) return end;
          await this.#mannersAt(end);
          await this.#roads.gate.count(host, manners);
          here = end;
        }
      } finally {
        this.#count.fetchedMs += performance.now() - begun;
      }
    });
  }

  async #step(url: URL): Promise<Found | URL> {
    const { tools, wire } = this.#roads;
    this.#trail.enter(url);
    const answer = await ask(
      url,
      {
        headers: headersFor(this.#request, tools.settings.FETCH_USER_AGENT, this.#trail.cookiesFor(url)),
        signal: this.#visitor.signal,
        onBytes: (bytes) => {
          this.#count.bytes += bytes;
        },
      },
      wire,
    );
    this.#count.status = answer.status;
    this.#trail.keepCookies(url, answer.headers['set-cookie']);
    const to = redirectOf(answer.status, answer.headers);
    if (to === null) return this.#arrive(answer);
    answer.discard();
    return readPageAddress(to, tools.allowed, url);
  }

  /** @throws FetchTrouble where one is wished for and none is there */
  #renderer(): Renderer | null {
    const { rendering = 'NONE' } = this.#request;
    return rendering === 'NONE' ? null : rendererFor(rendering, this.#roads.renderers);
  }

  async #render(url: URL, renderer: Renderer): Promise<Found> {
    const { tools } = this.#roads;
    const { signal } = this.#visitor;
    const rendered = await renderer.render({ url, locale: this.#request.locale, signal });
    const { status, text } = rendered;
    this.#count.status = status;
    this.#count.bytes += Buffer.byteLength(text);
    const end = new URL(rendered.url);
    const wall = wallOf(end, url, text);
    const trouble = wall ?? (status === null ? null : troubleOfStatus(end.host, status, {}, tools.clock()));
    if (trouble) throw trouble;
    return { kind: 'PAGE', url: end.href, text, validators: { etag: null, lastModified: null } };
  }

  async #arrive(answer: Answer): Promise<Found | URL> {
    const { url, status, headers } = answer;
    if (status === 304 && isConditional(this.#request)) {
      answer.discard();
      const { etag, lastModified } = validatorsOf(headers);
      const former = this.#request.validators;
      const validators = {
        etag: etag ?? former?.etag ?? null,
        lastModified: lastModified ?? former?.lastModified ?? null,
      };
      return { kind: 'UNCHANGED', validators };
    }
    const trouble = troubleOfStatus(url.host, status, headers, this.#roads.tools.clock());
    if (trouble) throw await this.#explained(answer, trouble);
    const wall = wallOfHeaders(url.host, headers);
    if (wall || !isPage(headers)) {
      answer.discard();
      throw wall ?? notAPage(url.host, headers);
    }
    return this.#read(answer);
  }

  async #read(answer: Answer): Promise<Found | URL> {
    const { url, headers } = answer;
    const text = decodePage(await answer.read(), headerOf(headers, 'content-type'));
    if (text.trim() === '') throw new FetchTrouble('FETCH_ERROR', 'EMPTY', `${url.host} sent an empty page.`);
    const wall = wallOf(url, new URL(this.#request.url), text);
    if (wall) throw wall;
    const away = metaRefreshOf(text);
    if (away !== null) return readPageAddress(away, this.#roads.tools.allowed, url);
    return { kind: 'PAGE', url: url.href, text, validators: validatorsOf(headers) };
  }

  /** A guard that stops us says so with statuses that mean other things elsewhere. */
  async #explained(answer: Answer, trouble: FetchTrouble): Promise<FetchTrouble> {
    const { url, status, headers } = answer;
    if (![403, 429, 503].includes(status)) {
      answer.discard();
      return trouble;
    }
    const byHeaders = wallOfHeaders(url.host, headers);
    const text = decodePage(await answer.read(lookedAt), headerOf(headers, 'content-type'));
    const wall = byHeaders ?? wallOf(url, url, text);
    if (wall) return wall;
    // It asks us to wait: so does everybody else who wants something of it.
    if (trouble.retryAfterMs !== undefined) await this.#roads.gate.postpone(hostOf(url), trouble.retryAfterMs);
    return trouble;
  }
}
