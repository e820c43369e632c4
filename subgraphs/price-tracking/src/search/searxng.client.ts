import type { Logger } from '@gastronom/shared/logger';
import { request } from 'undici';
import type { FetchingSettings } from '../fetching/fetching-settings.ts';
import type { FoundPage } from './found-page.ts';
import { readSearxng } from './read-searxng.ts';
import type { SearchSettings } from './search-settings.ts';

/** Of an answer: a page of results is some 50 kB. */
const mostBytes = 2_000_000;

type Settings = SearchSettings & Pick<FetchingSettings, 'FETCH_USER_AGENT'>;

/** How long nobody is made to wait for a server that did not answer. */
const pauseMs = 30_000;

export interface Searxng {
  /** A page of results from 1 on; null where SearXNG does not answer as it should. */
  search(query: string, page: number, logger: Logger): Promise<readonly FoundPage[] | null>;
}

/**
 * Asks the operator’s SearXNG, whose address is not guarded: it mostly is a private one. Of what it answers nothing is
 * believed: neither its size, nor its time, nor its form. Redirects are not followed.
 */
export function createSearxng(settings: Settings, clock: () => number): Searxng | null {
  const { SEARXNG_URL: base, SEARXNG_TIMEOUT_MS: timeout, FETCH_USER_AGENT: userAgent } = settings;
  if (base === undefined) return null;
  let pausedUntil = 0;
  return {
    async search(query, page, logger) {
      if (clock() < pausedUntil) return null;
      try {
        return await ask(addressOf(base, query, page), timeout, userAgent);
      } catch (error) {
        pausedUntil = clock() + pauseMs;
        logger.warn({ err: error }, 'SearXNG does not answer as it should');
        return null;
      }
    },
  };
}

function addressOf(base: string, query: string, page: number): URL {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/search`;
  url.search = new URLSearchParams({ q: query, format: 'json', pageno: String(page) }).toString();
  return url;
}

/** Its own guard against machines wants to see what browsers send. User and password may stand in the address. */
function headersOf({ username, password }: URL, userAgent: string): Record<string, string> {
  const headers = {
    accept: 'application/json, text/html;q=0.1',
    'accept-language': '*',
    'user-agent': userAgent,
  };
  if (username === '' && password === '') return headers;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { ...headers, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

async function ask(url: URL, timeout: number, userAgent: string): Promise<readonly FoundPage[]> {
  const { statusCode, body } = await request(url, {
    headers: headersOf(url, userAgent),
    signal: AbortSignal.timeout(timeout),
  });
  if (statusCode !== 200) {
    await body.dump();
    const hint = statusCode === 403 ? ': its settings must list json under search.formats' : '';
    throw new SearxngError(`it answered HTTP ${statusCode}${hint}`);
  }
  const pages = readSearxng(await textOf(body));
  if (!pages) throw new SearxngError('it answered with something else than results');
  return pages;
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > mostBytes) throw new SearxngError(`its answer is larger than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

class SearxngError extends Error {
  override readonly name = 'SearxngError';
  readonly code = 'SEARXNG';
}
