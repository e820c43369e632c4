import type { OfferItem } from '@gastronom/pricelist/price-list-row';
import { CliError, UsageError } from '../cli-error.ts';
import type { GraphClient } from '../graph-client.ts';
import type { RowError } from '../sync/rejects-file.ts';
import type { UserError } from '../sync/sync-graph.ts';

export const offerOutcomes = ['CREATED', 'UPDATED', 'UNCHANGED', 'STALE', 'REJECTED'] as const;
export type OfferOutcome = (typeof offerOutcomes)[number];

export interface Seller {
  id: string;
  name: string;
  timeZone: string;
}

export interface OfferResult {
  index: number;
  outcome: OfferOutcome;
  errors: RowError[];
}

export interface OfferBatch {
  supplierId: string;
  idempotencyKey: string;
  observedAt: string | undefined;
  dryRun: boolean;
  items: readonly OfferItem[];
}

interface Payload {
  results: OfferResult[];
  userErrors: UserError[];
}

const fields = '{ id name timeZone }';

/** The graph's offers, typed. */
export class OffersGraph {
  constructor(private readonly client: GraphClient) {}

  /** The supplier that is named, else that of whoever asks. */
  async seller(id: string | undefined): Promise<Seller> {
    if (id === undefined) {
      const { mySupplier } = await this.client.request<{ mySupplier: Seller | null }>(`{ mySupplier ${fields} }`);
      if (mySupplier) return mySupplier;
      throw new UsageError('the token names no supplier: act for a supplier’s organization, or give --supplier ID');
    }
    const query = `query Seller($id: ID!) { supplier(id: $id) ${fields} }`;
    const { supplier } = await this.client.request<{ supplier: Seller | null }>(query, { id });
    if (supplier) return supplier;
    throw new UsageError(`--supplier ${id}: there is no such supplier`);
  }

  async upsert(input: OfferBatch): Promise<OfferResult[]> {
    const query = `mutation Offers($input: UpsertOffersInput!) {
      upsertOffers(input: $input) { results { index outcome errors { code field message } } userErrors { code message } }
    }`;
    const { upsertOffers } = await this.client.request<{ upsertOffers: Payload }>(query, { input });
    const [refusal] = upsertOffers.userErrors;
    if (refusal) throw new CliError(`${refusal.code}: ${refusal.message}`);
    return upsertOffers.results;
  }
}
