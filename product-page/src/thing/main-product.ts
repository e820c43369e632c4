import { addressKey, nameKey, type PageHints, pathOf } from './page-hints.ts';
import { isOfType, type Thing, textsOf, thingsOf } from './thing.ts';

/** What is a product by its type alone. */
const productTypes: ReadonlySet<string> = new Set([
  'product',
  'productgroup',
  'productmodel',
  'individualproduct',
  'someproducts',
  'vehicle',
  'car',
  'motorcycle',
]);
/** What is one when it is offered. */
const offeredTypes: ReadonlySet<string> = new Set([
  'book',
  'game',
  'videogame',
  'movie',
  'musicalbum',
  'musicrelease',
  'softwareapplication',
  'mobileapplication',
  'webapplication',
  'course',
  'event',
  'creativework',
]);
const pageTypes: ReadonlySet<string> = new Set([
  'webpage',
  'itempage',
  'productpage',
  'checkoutpage',
  'aboutpage',
  'faqpage',
]);
const offerTypes: ReadonlySet<string> = new Set(['offer', 'aggregateoffer']);

export const isProduct = (thing: Thing): boolean =>
  isOfType(thing, productTypes) ||
  ((thing.properties.has('offers') || thing.properties.has('price')) && isOfType(thing, offeredTypes));

/** A top-level offer that names what it offers is that product's. */
function asProduct(thing: Thing): Thing | null {
  if (isProduct(thing)) return thing;
  if (!isOfType(thing, offerTypes)) return null;
  const product = thingsOf(thing, 'itemoffered').find(isProduct);
  return product ? { ...product, properties: new Map([...product.properties, ['offers', [thing]]]) } : null;
}

/** Products that the page's item says it is about. Lists are left out: what stands in them is not the page's own. */
const mainEntities = (thing: Thing): Thing[] =>
  isOfType(thing, pageTypes) ? [...thingsOf(thing, 'mainentity'), ...thingsOf(thing, 'about')].filter(isProduct) : [];

const addressesOf = (thing: Thing, { base }: PageHints): string[] =>
  [
    ...textsOf(thing, 'url'),
    ...textsOf(thing, 'mainentityofpage'),
    ...(thing.id === null ? [] : [thing.id]),
    ...thingsOf(thing, 'mainentityofpage').flatMap((page) => page.id ?? []),
    ...thingsOf(thing, 'offers').flatMap((offer) => textsOf(offer, 'url')),
  ]
    .map((address) => addressKey(address, base))
    .filter((key): key is string => key !== null);

export const isAtAddress = (thing: Thing, hints: PageHints): boolean =>
  addressesOf(thing, hints).some((key) => hints.addresses.has(key));

const isAtPath = (thing: Thing, hints: PageHints): boolean =>
  addressesOf(thing, hints).some((key) => hints.paths.has(pathOf(key)));

const namesOf = (thing: Thing): string[] =>
  textsOf(thing, 'name')
    .map(nameKey)
    .filter((name) => name !== '');

const isOfName = (thing: Thing, { names }: PageHints): boolean => namesOf(thing).some((name) => names.includes(name));

const isWithinName = (thing: Thing, { names }: PageHints): boolean =>
  namesOf(thing).some((name) => name.length > 3 && names.some((one) => ` ${one} `.includes(` ${name} `)));

/** Whether a product has anything in common with what the page calls itself. */
function isForeign(thing: Thing, hints: PageHints): boolean {
  const names = namesOf(thing);
  if (names.length === 0 || hints.names.length === 0 || addressesOf(thing, hints).length === 0) return false;
  if (isAtPath(thing, hints)) return false;
  const words = new Set(hints.names.flatMap((name) => name.split(' ')));
  return !names.some((name) => name.split(' ').some((word) => words.has(word)));
}

/** The same product may be said twice: by its number, or its name. */
function isSame(one: Thing, other: Thing): boolean {
  for (const name of ['gtin13', 'gtin', 'sku', 'productid', 'name']) {
    const [mine] = textsOf(one, name);
    const [theirs] = textsOf(other, name);
    if (mine !== undefined && theirs !== undefined) return mine === theirs;
  }
  return false;
}

/** Of one product said in several places the fullest. */
const fullest = (things: readonly Thing[]): Thing | null =>
  things.reduce<Thing | null>((most, thing) => {
    const offered = (one: Thing): number => (one.properties.has('offers') ? 100 : 0) + one.properties.size;
    return most === null || offered(thing) > offered(most) ? thing : most;
  }, null);

const oneOf = (things: readonly Thing[]): Thing | null => {
  const [first, ...others] = things;
  return first !== undefined && others.every((other) => isSame(first, other)) ? fullest(things) : null;
};

/**
 * The product that the page is about; null where it has none, or several of which it does not say which one it is. A page's
 * other products are told apart by address first, then by name.
 */
export function mainProduct(roots: readonly Thing[], hints: PageHints): Thing | null {
  const stated = roots.flatMap(mainEntities);
  const candidates =
    stated.length > 0 ? stated : roots.map(asProduct).filter((thing): thing is Thing => thing !== null);
  const alone = oneOf(candidates);
  if (alone !== null) return stated.length === 0 && isForeign(alone, hints) ? null : alone;
  for (const fits of [isAtAddress, isAtPath, isOfName, isWithinName]) {
    const found = candidates.filter((thing) => fits(thing, hints));
    if (found.length > 0) return oneOf(found);
  }
  return null;
}
