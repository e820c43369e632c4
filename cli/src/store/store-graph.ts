import type { GraphClient } from '../graph-client.ts';

export interface StoreSelector {
  field: string;
  selector: string;
}

/** What is said of a store on the command line; what is not said stays, or takes its default. */
export interface StoreWish {
  name: string;
  slug?: string | undefined;
  websiteUrl?: string | undefined;
  domains?: string[] | undefined;
  locale?: string | undefined;
  currency?: string | undefined;
  selectors?: StoreSelector[] | undefined;
  testUrl?: string | undefined;
  notes?: string | undefined;
  delayMs?: number | undefined;
  concurrency?: number | undefined;
  rendering?: string | undefined;
}

export interface KnownStore extends Required<Omit<StoreWish, 'selectors'>> {
  id: string;
  owner: { id: string };
  selectors: StoreSelector[];
}

export interface StoreError {
  code: string;
  field: string[];
  message: string;
}

export interface StoreAnswer {
  store: KnownStore | null;
  userErrors: StoreError[];
}

const storeFields = `{ id name slug websiteUrl domains locale currency selectors { field selector } testUrl notes delayMs
  concurrency rendering owner { id } }`;
const payload = `{ store ${storeFields} userErrors { code field message } }`;

/** The graph's stores, typed: those of the person with the e-mail address, else those of whoever asks. */
export class StoreGraph {
  constructor(
    private readonly client: GraphClient,
    private readonly ownerEmail: string | undefined,
  ) {}

  async create(wish: StoreWish): Promise<StoreAnswer> {
    const query = `mutation CreateStore($input: CreateStoreInput!) { createStore(input: $input) ${payload} }`;
    const input = { ...wish, ownerEmail: this.ownerEmail };
    return (await this.client.request<{ createStore: StoreAnswer }>(query, { input })).createStore;
  }

  async update(id: string, wish: StoreWish): Promise<StoreAnswer> {
    const query = `mutation UpdateStore($input: UpdateStoreInput!) { updateStore(input: $input) ${payload} }`;
    return (await this.client.request<{ updateStore: StoreAnswer }>(query, { input: { id, ...wish } })).updateStore;
  }

  /** The store with the slug, or where none is said, with the name. */
  async find({ slug, name }: StoreWish): Promise<KnownStore | undefined> {
    const query = `query Stores($filter: StoreFilter) { stores(first: 100, filter: $filter) { nodes ${storeFields} } }`;
    const filter = { ownerEmail: this.ownerEmail, ...(slug === undefined ? { text: name } : { slug }) };
    const { stores } = await this.client.request<{ stores: { nodes: KnownStore[] } }>(query, { filter });
    return stores.nodes.find((store) => slug !== undefined || store.name === name.trim());
  }
}
