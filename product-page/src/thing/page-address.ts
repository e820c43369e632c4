import { addressKey, type PageHints, pathOf } from './page-hints.ts';
import { type Thing, textsOf, thingsOf } from './thing.ts';

const keysOf = (addresses: readonly string[], { base }: PageHints): string[] =>
  addresses.map((address) => addressKey(address, base)).filter((key) => key !== null);

const addressesOf = (thing: Thing): string[] => [
  ...textsOf(thing, 'url'),
  ...textsOf(thing, 'mainentityofpage'),
  ...(thing.id === null ? [] : [thing.id]),
  ...thingsOf(thing, 'mainentityofpage').flatMap((page) => page.id ?? []),
  ...thingsOf(thing, 'offers').flatMap((offer) => textsOf(offer, 'url')),
];

/** An address is a page's where all that it says after the question mark is said by the page's as well: that has more, to be counted by. */
function isWithin(key: string, pageKey: string): boolean {
  if (key === pageKey) return true;
  const [path, query = ''] = key.split('?', 2);
  const [pagePath, pageQuery = ''] = pageKey.split('?', 2);
  const said = new Set(pageQuery.split('&'));
  return path === pagePath && query !== '' && query.split('&').every((part) => said.has(part));
}

/** Whether a product, or an offer of it, says that it is at the page's address. */
export const isAtAddress = (thing: Thing, hints: PageHints): boolean =>
  keysOf(addressesOf(thing), hints).some((key) => [...hints.addresses].some((pageKey) => isWithin(key, pageKey)));

/** The like, whatever follows the question mark. */
export const isAtPath = (thing: Thing, hints: PageHints): boolean =>
  keysOf(addressesOf(thing), hints).some((key) => hints.paths.has(pathOf(key)));

const isNumbered = (thing: Thing, { parameters }: PageHints): boolean =>
  ['sku', 'productid', 'gtin13', 'gtin'].some((name) =>
    textsOf(thing, name).some((text) => parameters.has(text.trim())),
  );

/** Whether the page's address names this variant or offer: as its own address, or by its number. */
export const isNamedByPage = (thing: Thing, hints: PageHints): boolean =>
  isAtAddress(thing, hints) || isNumbered(thing, hints);

/** Whether it says that it is not here. */
export const isElsewhere = (thing: Thing, hints: PageHints): boolean => {
  const says = addressesOf(thing).length > 0 || (hints.parameters.size > 0 && textsOf(thing, 'sku').length > 0);
  return says && !isNamedByPage(thing, hints);
};
