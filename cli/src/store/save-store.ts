import { isDeepStrictEqual } from 'node:util';
import { CliError, UsageError } from '../cli-error.ts';
import type { KnownStore, StoreAnswer, StoreError, StoreGraph, StoreWish } from './store-graph.ts';

export interface SavedStore {
  outcome: 'CREATED' | 'UPDATED' | 'UNCHANGED';
  /** What changed of one that was there. */
  changed: string[];
  store: KnownStore;
}

/** What people type for each field of the input. */
const flagOf: Readonly<Record<string, string>> = {
  name: '--name',
  slug: '--slug',
  ownerEmail: '--owner-email',
  websiteUrl: '--website-url',
  domains: '--domain',
  locale: '--locale',
  currency: '--currency',
  selectors: '--selector',
  testUrl: '--test-url',
  notes: '--notes',
  delayMs: '--delay',
  concurrency: '--concurrency',
};

/** A value that cannot be is wrong usage; what others have already, or may not be done, is not. */
const isUsage = ({ code }: StoreError): boolean => /^(BAD_|TOO_|OUT_OF_RANGE)/.test(code);

function refusalOf(errors: readonly StoreError[], wish: StoreWish): CliError {
  const lines = errors.map(({ field: [, field = '', place], message }) => {
    const flag = flagOf[field];
    const which = place === undefined ? '' : ` ${textAt(wish, field, Number(place))}`;
    return flag ? `${flag}${which}: ${message}` : message;
  });
  const message = lines.join('\n') || 'the store was not kept, and no reason given';
  return errors.length > 0 && errors.every(isUsage) ? new UsageError(message) : new CliError(message);
}

function textAt({ domains, selectors }: StoreWish, field: string, place: number): string {
  if (field === 'domains') return domains?.[place] ?? '';
  const one = field === 'selectors' ? selectors?.[place] : undefined;
  return one ? `${one.field}=${one.selector}` : '';
}

function kept({ store, userErrors }: StoreAnswer, wish: StoreWish): KnownStore {
  if (store) return store;
  throw refusalOf(userErrors, wish);
}

/** Makes the store; one that the owner has already becomes as it is said, so that a script may be run again. */
export async function saveStore(graph: StoreGraph, wish: StoreWish): Promise<SavedStore> {
  const made = await graph.create(wish);
  if (made.store) return { outcome: 'CREATED', changed: [], store: made.store };
  const known = made.userErrors.some(({ code }) => code === 'SLUG_TAKEN') ? await graph.find(wish) : undefined;
  if (!known) throw refusalOf(made.userErrors, wish);
  const store = kept(await graph.update(known.id, wish), wish);
  const fields = Object.keys(store) as (keyof KnownStore)[];
  const changed = fields.filter((field) => !isDeepStrictEqual(store[field], known[field]));
  return { outcome: changed.length > 0 ? 'UPDATED' : 'UNCHANGED', changed, store };
}
