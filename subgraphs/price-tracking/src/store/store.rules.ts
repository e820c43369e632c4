import { type PageField, pageFields } from '@gastronom/product-page/reading';
import { checkSelector } from '@gastronom/product-page/selector/select';
import { isCurrency } from '@gastronom/shared/money';
import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import { domainOf, isName, withAndWithoutWww } from './domain.ts';
import { longestSlug } from './slug.ts';
import type { StoreEntity, StoreSelectors } from './store.entity.ts';
import { storeError } from './store.errors.ts';
import type { StoreWish } from './store.inputs.ts';

export interface FieldSelector {
  readonly field: PageField;
  readonly selector: string;
}

type Code = Parameters<typeof storeError>[0];
type Problem = readonly [Code, string];

/** A value as it is kept, or what is wrong with it. */
type Read<Value> = { readonly value: Value } | { readonly problem: Problem };

const mostDomains = 50;
const mostSelectors = 60;
const longestSelector = 1_000;

function readName(text: string): Read<string> {
  const value = text.trim();
  return value.length >= 1 && value.length <= 100 && isStorable(value)
    ? { value }
    : { problem: ['BAD_NAME', 'A name has 1 to 100 characters.'] };
}

function readSlug(text: string): Read<string> {
  const value = text.trim().toLowerCase();
  return value.length <= longestSlug && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value)
    ? { value }
    : {
        problem: [
          'BAD_SLUG',
          `A slug is like corner-shop: Latin letters, digits and hyphens, at most ${longestSlug} of them.`,
        ],
      };
}

function readUrl(text: string): Read<string> {
  const value = text.trim();
  const url = value.length <= 2_000 && isStorable(value) && URL.canParse(value) ? new URL(value) : null;
  const isWeb = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return isWeb ? { value } : { problem: ['BAD_URL', 'An address begins with http:// or https://, and names no user.'] };
}

/** As `en-US`, also where it was written `en_US.UTF-8`. */
function readLocale(text: string): Read<string> {
  const tag = text
    .trim()
    .replace(/[.@].*$/, '')
    .replaceAll('_', '-');
  try {
    const [value] = tag.length <= 35 ? Intl.NumberFormat.supportedLocalesOf(tag) : [];
    if (value !== undefined) return { value };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return { problem: ['BAD_LOCALE', 'A locale is a language tag that there is, as en-US or de.'] };
}

/** What 1C and old pages call the rouble is the rouble. */
function readCurrency(text: string): Read<string> {
  const code = text.trim().toUpperCase();
  const value = code === 'RUR' ? 'RUB' : code;
  return isCurrency(value) ? { value } : { problem: ['BAD_CURRENCY', 'A currency is an ISO 4217 code, as USD.'] };
}

function readNotes(text: string): Read<string> {
  const value = text.trim();
  return value.length <= 5_000 && isStorable(value)
    ? { value }
    : { problem: ['TOO_LONG', 'Notes take at most 5,000 printable characters.'] };
}

const within =
  (least: number, most: number) =>
  (value: number): Read<number> =>
    value >= least && value <= most ? { value } : { problem: ['OUT_OF_RANGE', `It takes ${least} to ${most}.`] };

const readers = {
  name: readName,
  slug: readSlug,
  websiteUrl: readUrl,
  locale: readLocale,
  currency: readCurrency,
  testUrl: readUrl,
  notes: readNotes,
  delayMs: within(0, 3_600_000),
  concurrency: within(1, 16),
} as const;
type ReadField = keyof typeof readers;

/** Columns that may be emptied; a null for any other says nothing. */
const clearable: ReadonlySet<string> = new Set<ReadField>([
  ...(['websiteUrl', 'locale', 'currency', 'testUrl', 'notes', 'delayMs', 'concurrency'] as const),
]);

export type StoreValues = Partial<Omit<StoreEntity, 'id' | 'ownerId' | 'createdAt' | 'updatedAt'>>;

/** What a wish says of a store; what it leaves out is left out. */
export interface StoreReading {
  readonly values: StoreValues;
  readonly domains: readonly string[] | undefined;
  readonly problems: readonly UserError[];
}

/** Reads all of a wish as it would be kept, and says everything that is wrong with it at once. */
export function readWish(wish: StoreWish): StoreReading {
  const problems: UserError[] = [];
  const refuse = ([code, message]: Problem, ...field: string[]) =>
    problems.push(storeError(code, ['input', ...field], message));
  const values: Record<string, unknown> = {};
  for (const field of Object.keys(readers) as ReadField[]) {
    const said = wish[field];
    if (said === null && clearable.has(field)) values[field] = null;
    if (said === undefined || said === null) continue;
    const read = (readers[field] as (said: unknown) => Read<unknown>)(said);
    if ('problem' in read) refuse(read.problem, field);
    // Emptied in a form is not said.
    else values[field] = read.value === '' ? null : read.value;
  }
  if (wish.rendering) values.rendering = wish.rendering;
  if (wish.selectors) values.selectors = readSelectors(wish.selectors, refuse);
  const domains = wish.domains ? readDomains(wish.domains, refuse) : undefined;
  return { values, domains, problems };
}

type Refuse = (problem: Problem, ...field: string[]) => void;

/** By field, each in the order given. */
function readSelectors(said: readonly FieldSelector[], refuse: Refuse): StoreSelectors {
  if (said.length > mostSelectors) refuse(['TOO_MANY', `A store has at most ${mostSelectors} selectors.`], 'selectors');
  const wanted = said.slice(0, mostSelectors).map(({ field, selector }) => ({ field, selector: selector.trim() }));
  for (const [index, { selector }] of wanted.entries()) {
    const wrong = wrongWith(selector);
    if (wrong !== null) refuse(['BAD_SELECTOR', wrong], 'selectors', String(index), 'selector');
  }
  const byField = pageFields.map((field) => {
    const its = wanted.filter((one) => one.field === field).map(({ selector }) => selector);
    return [field, [...new Set(its)]] as const;
  });
  return Object.fromEntries(byField.filter(([, its]) => its.length > 0));
}

function wrongWith(selector: string): string | null {
  if (selector.length > longestSelector || !isStorable(selector))
    return `A selector takes at most ${longestSelector} printable characters.`;
  return checkSelector(selector);
}

function readDomains(said: readonly string[], refuse: Refuse): string[] {
  if (said.length > mostDomains) refuse(['TOO_MANY', `A store has at most ${mostDomains} domains.`], 'domains');
  const domains = said.slice(0, mostDomains).flatMap((text, index) => {
    const domain = text.length <= 2_000 ? domainOf(text) : null;
    if (domain !== null && isWhole(domain)) return [domain];
    refuse(['BAD_DOMAIN', 'A domain is like shop.example.'], 'domains', String(index));
    return [];
  });
  return [...new Set(domains)];
}

/** A single name is most likely half of one. */
const isWhole = (domain: string): boolean => domain.includes('.') || domain === 'localhost' || !isName(domain);

/** The domains of a store of which nothing more is said than its front page. */
export function domainsOfWebsite(websiteUrl: string | null | undefined): string[] {
  const domain = websiteUrl ? domainOf(websiteUrl) : null;
  return domain === null ? [] : withAndWithoutWww(domain);
}

/** The selectors of a store in one list, field by field. */
export const selectorList = (selectors: StoreSelectors): FieldSelector[] =>
  pageFields.flatMap((field) => (selectors[field] ?? []).map((selector) => ({ field, selector })));
