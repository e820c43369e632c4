import { isAtAddress, isAtPath } from './page-address.ts';
import { nameKey, type PageHints } from './page-hints.ts';
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

const namesOf = (thing: Thing): string[] =>
  textsOf(thing, 'name')
    .map(nameKey)
    .filter((name) => name !== '');

const isOfName = (thing: Thing, { names }: PageHints): boolean => namesOf(thing).some((name) => names.includes(name));

const isWithinName = (thing: Thing, { names }: PageHints): boolean =>
  namesOf(thing).some((name) => name.length > 3 && names.some((one) => ` ${one} `.includes(` ${name} `)));

/** Whether a product has nothing in common with what the page calls itself: it is another page's, shown here. */
function isForeign(thing: Thing, hints: PageHints): boolean {
  const names = namesOf(thing);
  if (names.length === 0 || hints.names.length === 0 || isAtPath(thing, hints)) return false;
  const words = new Set(hints.names.flatMap((name) => name.split(' ')));
  const isMentioned = (word: string): boolean =>
    words.has(word) || (word.length > 4 && hints.names.some((name) => name.includes(word.slice(0, 5))));
  return !names.some((name) => name.split(' ').some(isMentioned));
}

/** Whether this can be the product that a surer source has named. */
function isKnown(thing: Thing, hints: PageHints): boolean {
  const { known } = hints;
  const names = namesOf(thing);
  if (known === null || names.length === 0 || isAtAddress(thing, hints)) return true;
  return names.some((name) => name.includes(known) || known.includes(name));
}

/** The same product may be said twice, or once for each variant: by its number, or its name. */
const isSame = (one: Thing, other: Thing): boolean =>
  ['gtin13', 'gtin', 'sku', 'productid', 'name'].some((name) => {
    const [mine] = textsOf(one, name);
    return mine !== undefined && textsOf(other, name).includes(mine);
  });

/** One product said in several places: the fullest of them, with the offers of all. */
function combined(things: readonly Thing[]): Thing | null {
  const [first, ...others] = [...things].sort((one, other) => other.properties.size - one.properties.size);
  if (first === undefined || !others.every((other) => isSame(first, other))) return null;
  const offers = [first, ...others].flatMap((thing) => thing.properties.get('offers') ?? []);
  return offers.length === 0 ? first : { ...first, properties: new Map([...first.properties, ['offers', offers]]) };
}

/**
 * The product that the page is about; null where it has none, or several of which it does not say which one it is. A page's
 * other products are told apart by address first, then by name.
 */
export function mainProduct(roots: readonly Thing[], hints: PageHints): Thing | null {
  const stated = roots.flatMap(mainEntities);
  const all = stated.length > 0 ? stated : roots.map(asProduct).filter((thing): thing is Thing => thing !== null);
  const candidates = all.filter((thing) => isKnown(thing, hints));
  for (const fits of [isAtAddress, () => true, isAtPath, isOfName, isWithinName]) {
    const product = combined(candidates.filter((thing) => fits(thing, hints)));
    if (product !== null) return stated.length === 0 && isForeign(product, hints) ? null : product;
  }
  return null;
}
