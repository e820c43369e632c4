import { LRUCache } from 'lru-cache';
import robotsModule from 'robots-parser';
import { type Answer, ask, type Wire } from '../answer.ts';
import { FetchTrouble } from '../fetch-trouble.ts';
import type { FetchingTools } from '../fetching-tools.ts';
import { readPageAddress } from '../page-address.ts';
import { Trail } from '../trail.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { redirectOf } from '../verdict.ts';
import { measured } from './measured.ts';

// Its types speak of an ES module; it is a CommonJS module that is the function.
const robotsParser = robotsModule as unknown as typeof robotsModule.default;

/** What a site says of robots, or why it could not be asked. */
interface Word {
  readonly text: string;
  readonly rules: ReturnType<typeof robotsParser>;
  readonly trouble: FetchTrouble | null;
}

const dayMs = 24 * 3_600_000;
/** For how long a site that does not say is not asked again. */
const troubleMs = 60_000;
/** RFC 9309, 2.5: at least 500 KiB are read. */
const longest = 512_000;
/** What rules are tried on: none is written for what comes behind. */
const longestAddress = 2_000;
const longestDelayMs = 3_600_000;

/** The name that robots.txt files call us by: the first product of the User-Agent that is ours. */
export const robotName = (userAgent: string): string =>
  /compatible;\s*([\w-]+)/.exec(userAgent)?.[1] ?? /^[\w-]+/.exec(userAgent)?.[0] ?? 'GastronomBot';

/** What robots.txt files say (RFC 9309), each asked for once a day, whoever wants to know. */
export class Robots {
  readonly #tools: FetchingTools;
  readonly #wire: Wire;
  readonly #name: string;
  readonly #words: LRUCache<string, Word>;
  readonly #asked = new Map<string, Promise<Word>>();
  readonly #closing: AbortSignal;

  constructor(tools: FetchingTools, wire: Wire, closing: AbortSignal) {
    const { clock, settings } = tools;
    this.#tools = tools;
    this.#wire = wire;
    this.#closing = closing;
    this.#name = robotName(settings.FETCH_USER_AGENT);
    this.#words = new LRUCache({
      max: 5_000,
      maxSize: 32 * 1_048_576,
      // What is parsed takes several times its text.
      sizeCalculation: ({ text }) => 512 + text.length * 4,
      perf: { now: clock },
      ttlResolution: 0,
    });
  }

  /** How long to wait between two requests, in milliseconds, as the site wishes. @throws FetchTrouble where it refuses */
  async delayFor(url: URL, signal: AbortSignal): Promise<number> {
    const word = this.#words.get(url.origin) ?? (await unlessAborted(signal, this.#once(url)));
    if (word.trouble) throw word.trouble;
    if (word.rules.isAllowed(url.href.slice(0, longestAddress), this.#name) === false) {
      throw new FetchTrouble('BLOCKED', 'ROBOTS', `The robots.txt of ${url.host} forbids this page to robots.`);
    }
    const seconds = word.rules.getCrawlDelay(this.#name) ?? 0;
    return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, longestDelayMs) : 0;
  }

  #once(url: URL): Promise<Word> {
    const { origin } = url;
    const asked =
      this.#asked.get(origin) ??
      this.#find(origin).finally(() => {
        this.#asked.delete(origin);
      });
    this.#asked.set(origin, asked);
    return asked;
  }

  async #find(origin: string): Promise<Word> {
    const address = `${origin}/robots.txt`;
    const wordOf = (text: string, trouble: FetchTrouble | null) => ({
      text,
      rules: robotsParser(address, text),
      trouble,
    });
    let word: Word;
    try {
      word = wordOf(await this.#fetch(new URL(address)), null);
    } catch (error) {
      if (!(error instanceof FetchTrouble)) throw error;
      // Tried often enough, and not to be tried by each page of the site.
      const { kind, code, message } = error;
      word = wordOf('', new FetchTrouble(kind, code, message, { retryAfterMs: troubleMs, cause: error }));
    }
    this.#words.set(origin, word, { ttl: word.trouble ? troubleMs : dayMs });
    return word;
  }

  async #fetch(start: URL): Promise<string> {
    const { settings, allowed } = this.#tools;
    const trail = new Trail();
    const headers = { 'user-agent': settings.FETCH_USER_AGENT, accept: 'text/plain, */*;q=0.5' };
    const packed = { ...headers, 'accept-encoding': 'gzip, deflate, br' };
    for (let url = start; ; ) {
      trail.enter(url);
      const asking = { headers: packed, signal: this.#closing, onBytes: () => undefined };
      const answer = await this.#askPatiently(url, asking);
      const to = redirectOf(answer.status, answer.headers);
      if (to === null) return await read(answer);
      answer.discard();
      url = readPageAddress(to, allowed, url);
    }
  }

  /** A connection that broke off may have been an accident. */
  async #askPatiently(url: URL, asking: Parameters<typeof ask>[1]): Promise<Answer> {
    try {
      return await ask(url, asking, this.#wire);
    } catch (error) {
      if (!(error instanceof FetchTrouble && error.mayPass)) throw error;
      return await ask(url, asking, this.#wire);
    }
  }
}

/** Its text; none where there is none: all is allowed then (RFC 9309, 2.3.1.3). */
async function read(answer: Answer): Promise<string> {
  const { status, url } = answer;
  if (status >= 200 && status < 300) {
    return measured((await answer.read(longest)).toString('utf8').replace(/^\uFEFF/, ''));
  }
  answer.discard();
  if (status !== 429 && status < 500) return '';
  const reason = `${url.host} does not say at the moment what it allows to robots (${status}).`;
  throw new FetchTrouble('FETCH_ERROR', 'ROBOTS_UNKNOWN', reason);
}
