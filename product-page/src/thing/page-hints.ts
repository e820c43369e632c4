import { lineOf, type PageDocument } from '../document/page-document.ts';

/** What the page says of itself as a whole: by it its own product is known among others. */
export interface PageHints {
  /** Addresses of the page, as `addressKey` writes them, whole and without what follows the question mark. */
  readonly addresses: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
  /** Values after the question mark of the page's address, of which one may be the number of a variant. */
  readonly parameters: ReadonlySet<string>;
  readonly base: string;
  /** The page's names, as `nameKey` writes them. */
  readonly names: readonly string[];
  /** The name of the page's product by a surer source than the one that is read. */
  readonly known: string | null;
}

/** An address without what never parts two products: scheme, `www.`, a last slash, the fragment; in its own case. */
export function addressKey(address: string, base: string): string | null {
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  return `${url.host.replace(/^www\./, '')}${url.pathname.replace(/\/+$/, '')}${url.search}`;
}

export const pathOf = (key: string): string => key.replace(/\?.*$/, '');

export const nameKey = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const metaTitles: ReadonlySet<string> = new Set(['og:title', 'twitter:title']);

export function pageHints(page: PageDocument): PageHints {
  const addresses = [page.url, page.canonical].map((address) => address && addressKey(address, page.base));
  const metas = page.metas
    .filter(({ attribs }) => metaTitles.has((attribs.property ?? attribs.name ?? '').toLowerCase()))
    .map(({ attribs }) => attribs.content ?? '');
  const names = [...metas, ...page.headings.slice(0, 5).map(lineOf), page.title ?? ''].map((name) =>
    nameKey(name.slice(0, 500)),
  );
  const known = addresses.filter((address): address is string => Boolean(address));
  return {
    addresses: new Set(known),
    paths: new Set(known.map(pathOf)),
    parameters: new Set(URL.canParse(page.url) ? new URL(page.url).searchParams.values() : []),
    base: page.base,
    known: null,
    names: [...new Set(names)].filter((name) => name !== ''),
  };
}
