import { FetchTrouble } from './fetch-trouble.ts';

const mostHops = 10;
const mostCookies = 50;
const longestCookie = 4_096;

interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Whom it goes to: a host, or with a dot in front also those below it. */
  readonly domain: string;
}

function readCookie(line: string, host: string): Cookie | null {
  const [pair = '', ...attributes] = line.split(';');
  const [, name, value] = /^\s*([\w!#$%&'*+.^`|~-]+)=([\x21-\x3a\x3c-\x7e]*)\s*$/.exec(pair) ?? [];
  if (name === undefined || value === undefined || pair.length > longestCookie) return null;
  const wide = attributes.map((one) => /^\s*domain=\.?([\w.-]+)\s*$/i.exec(one)?.[1]?.toLowerCase()).find(Boolean);
  // One for a whole country or trade is none: a second label is asked for.
  const isOurs = wide?.includes('.') && (host === wide || host.endsWith(`.${wide}`));
  if (wide && !isOurs) return null;
  return { name, value, domain: wide ? `.${wide}` : host };
}

/** Where one fetch has been: what it was told to follow, and the cookies it was given, which end with it. */
export class Trail {
  #hops = 0;
  readonly #seen = new Set<string>();
  readonly #cookies = new Map<string, Cookie>();

  /** Notes a request that is about to be made. @throws FetchTrouble where it was made before, or after too many hops */
  enter(url: URL): void {
    const here = `${url.href} ${this.cookiesFor(url) ?? ''}`;
    if (this.#seen.has(here)) {
      throw new FetchTrouble('FETCH_ERROR', 'REDIRECT_LOOP', `${url.host} sends its visitors round in a circle.`);
    }
    if (this.#hops > mostHops) {
      throw new FetchTrouble(
        'FETCH_ERROR',
        'TOO_MANY_REDIRECTS',
        `The page is behind more than ${mostHops} redirects.`,
      );
    }
    this.#seen.add(here);
    this.#hops += 1;
  }

  keepCookies(url: URL, lines: string | string[] | undefined): void {
    for (const line of [lines ?? []].flat()) {
      const cookie = readCookie(line, url.hostname);
      if (!cookie) continue;
      if (this.#cookies.size < mostCookies) this.#cookies.set(`${cookie.domain} ${cookie.name}`, cookie);
    }
  }

  cookiesFor({ hostname }: URL): string | undefined {
    const ours = [...this.#cookies.values()].filter(
      ({ domain }) => domain === hostname || (domain.startsWith('.') && `.${hostname}`.endsWith(domain)),
    );
    return ours.length > 0 ? ours.map(({ name, value }) => `${name}=${value}`).join('; ') : undefined;
  }
}
