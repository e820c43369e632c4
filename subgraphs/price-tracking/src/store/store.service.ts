import { isDeepStrictEqual } from 'node:util';
import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { PriceTrackingContext } from '../context.ts';
import { AccountsClient } from '../owner/accounts.client.ts';
import { ownerOf, ownsRow } from '../ownership.ts';
import { deleteStore, noSuchStore } from './delete-store.ts';
import { slugOf } from './slug.ts';
import type { StoreEntity } from './store.entity.ts';
import { storeError } from './store.errors.ts';
import type { CreateStoreInput, UpdateStoreInput } from './store.inputs.ts';
import { StoreRepository } from './store.repository.ts';
import { domainsOfWebsite, readWish, type StoreValues } from './store.rules.ts';

export interface StoreAnswer {
  readonly store: StoreEntity | null;
  readonly userErrors: readonly UserError[];
}

interface DeletionAnswer {
  readonly deletedStoreId: string | null;
  readonly userErrors: readonly UserError[];
}

const refused = (...userErrors: readonly UserError[]): StoreAnswer => ({ store: null, userErrors });
const done = (store: StoreEntity): StoreAnswer => ({ store, userErrors: [] });

type Told = Readonly<Record<string, unknown>> | null;

/** What the audit log is told: whose the store is, and what it is called. */
const told = ({ ownerId, slug }: StoreEntity): Told => ({ ownerId, slug });

/** Makes, changes and deletes stores of those who ask; for others only where an admin asks. */
export class StoreService {
  readonly #context: PriceTrackingContext;

  constructor(context: PriceTrackingContext) {
    this.#context = context;
  }

  async create({ ownerEmail, ...wish }: CreateStoreInput): Promise<StoreAnswer> {
    const { values, domains, problems } = readWish(wish);
    const slug = values.slug ?? slugOf(wish.name);
    const noSlug = slug === '' && values.name ? [storeError('BAD_SLUG', ['input', 'slug'], noSlugInName)] : [];
    if (problems.length > 0 || noSlug.length > 0) return refused(...problems, ...noSlug);
    const owner = await this.#ownerOf(ownerEmail);
    if (typeof owner !== 'string') return refused(owner);
    return inTransaction(this.#context.manager, async (manager) => {
      const stores = new StoreRepository(manager);
      await stores.lockOwner(owner);
      const itsDomains = domains ?? domainsOfWebsite(values.websiteUrl);
      const taken = await takenBy(stores, { ownerId: owner, slug, domains: itsDomains });
      if (taken.length > 0) return refused(...taken);
      const store = await stores.insert({ ...values, ownerId: owner, name: values.name ?? wish.name, slug });
      await stores.addDomains(store, itsDomains);
      await this.#audit(manager, 'store.create', store, null, told(store));
      return done(store);
    });
  }

  async update({ id, ...wish }: UpdateStoreInput): Promise<StoreAnswer> {
    const { values, domains, problems } = readWish(wish);
    if (problems.length > 0) return refused(...problems);
    return inTransaction(this.#context.manager, async (manager) => {
      const stores = new StoreRepository(manager);
      const known = await this.#lock(stores, id);
      if (!known) return refused(noSuchStore('input', 'id'));
      await stores.lockOwner(known.ownerId);
      const taken = await takenBy(stores, { ...known, ...values, domains: domains ?? [] });
      if (taken.length > 0) return refused(...taken);
      const before = domains && (await stores.domainsOf([known.id])).map(({ domain }) => domain);
      const hasOthers = domains !== undefined && !isDeepStrictEqual(domains, before);
      const changes = changesOf(known, values);
      const changed = [...Object.keys(changes), ...(hasOthers ? ['domains'] : [])];
      if (changed.length === 0) return done(known);
      const store = await stores.update(known, { ...changes, updatedAt: new Date(this.#context.clock()) });
      if (hasOthers) await stores.setDomains(store, domains);
      await this.#audit(manager, 'store.update', store, told(known), { ...told(store), changed });
      return done(store);
    });
  }

  delete(id: string, withPages: boolean): Promise<DeletionAnswer> {
    return inTransaction(this.#context.manager, async (manager) => {
      const store = await deleteStore(this.#context, manager, id, withPages);
      if ('code' in store) return { deletedStoreId: null, userErrors: [store] };
      await this.#audit(manager, 'store.delete', store, told(store), null);
      return { deletedStoreId: store.id, userErrors: [] };
    });
  }

  async #lock(stores: StoreRepository, id: string): Promise<StoreEntity | null> {
    const store = isUUID(id) ? await stores.lock(id) : null;
    return store && ownsRow(this.#context.viewer, store) ? store : null;
  }

  async #ownerOf(email: string | null | undefined): Promise<string | UserError> {
    const { viewer } = this.#context;
    if (!email) return ownerOf(viewer);
    const field = ['input', 'ownerEmail'];
    if (viewer.kind !== 'user' || viewer.role !== 'ADMIN')
      return storeError('NOT_FOR_OTHERS', field, 'Only admins make stores for others: leave `ownerEmail` out.');
    const found = await new AccountsClient(this.#context).userByEmail(email, true);
    return 'userId' in found ? found.userId : storeError('BAD_EMAIL', field, found.refusal);
  }

  /** What people do with their own stores is nobody’s business; what an admin does with others’ stands in the log. */
  async #audit(manager: EntityManager, action: string, store: StoreEntity, before: Told, after: Told): Promise<void> {
    const { jobs, viewer } = this.#context;
    if (viewer.kind === 'user' && viewer.userId === store.ownerId) return;
    const act = { action, subject: { type: 'Store', id: store.id }, before, after };
    await recordAudit(jobs, manager, this.#context, act);
  }
}

const noSlugInName = 'No slug can be made of this name: give one, as corner-shop.';

/** What changes in the row: nothing is written where nothing does. */
const changesOf = (known: StoreEntity, values: StoreValues): StoreValues =>
  Object.fromEntries(
    Object.entries(values).filter(([field, value]) => !isDeepStrictEqual(value, known[field as keyof StoreValues])),
  );

interface Claims {
  readonly id?: string;
  readonly ownerId: string;
  readonly slug: string;
  readonly domains: readonly string[];
}

/** What other stores of the owner have already. */
async function takenBy(stores: StoreRepository, { id, ownerId, slug, domains }: Claims): Promise<UserError[]> {
  const bySlug = await stores.findBySlug(ownerId, slug);
  const byDomain = await stores.listDomainsElsewhere(ownerId, domains, id ?? null);
  return [
    ...(bySlug && bySlug.id !== id
      ? [storeError('SLUG_TAKEN', ['input', 'slug'], `The store ${bySlug.name} has the slug ${slug}.`)]
      : []),
    ...byDomain.map(({ domain, name }) =>
      storeError('DOMAIN_TAKEN', ['input', 'domains'], `The store ${name} has the domain ${domain}.`),
    ),
  ];
}
