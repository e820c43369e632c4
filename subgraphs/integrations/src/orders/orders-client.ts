import type { SubgraphRequest } from '@gastronom/shared/subgraph';
import type { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { z } from 'zod';
import { callPeer } from '../peer.ts';

const saleLine = z.object({
  sku: z.string(),
  name: z.string(),
  unit: z.string(),
  quantity: z.string(),
  price: z.string(),
  total: z.string(),
  tax: z.string(),
  taxRate: z.string(),
  note: z.string().nullable(),
});

const sale = z.object({
  id: z.string(),
  number: z.string(),
  status: z.string(),
  placedAt: z.string(),
  changedAt: z.string(),
  timeZone: z.string(),
  deliverOn: z.string().nullable(),
  currency: z.string(),
  delivery: z.string(),
  total: z.string(),
  isPaid: z.boolean(),
  buyer: z.object({ id: z.string(), name: z.string().nullable() }),
  note: z.string().nullable(),
  lines: z.array(saleLine),
});

/** One of the house's orders. */
export type Sale = z.infer<typeof sale>;

/** What 1C says of one of the house's orders. */
export interface SaleDocument {
  readonly id: string;
  readonly number: string | null;
  readonly posted: boolean;
  readonly shipped: boolean;
  readonly cancelled: boolean;
  readonly lines: readonly { readonly sku: string; readonly quantity: string }[];
}

const appliedSale = z.object({
  id: z.string(),
  outcome: z.enum(['APPLIED', 'UNCHANGED', 'REFUSED', 'UNKNOWN']),
  message: z.string().nullable(),
});

export type AppliedSale = z.infer<typeof appliedSale>;

const offer = 'mutation OfferOrders($input: JSON!) { offerOrdersTo1C(input: $input) }';
const confirm = 'mutation ConfirmOrders($input: JSON!) { confirmOrdersIn1C(input: $input) }';
const apply = 'mutation ApplySales($input: JSON!) { applySaleDocuments(input: $input) }';

/** What the exchange asks of orders. */
export class OrdersClient {
  readonly #client: SubgraphClient;
  readonly #request: SubgraphRequest;

  constructor(client: SubgraphClient, request: SubgraphRequest) {
    this.#client = client;
    this.#request = request;
  }

  /** The house's orders that 1C has not stored as they are now. */
  async offer(sessionId: string, limit: number): Promise<Sale[]> {
    return z.array(sale).parse(await this.#call('offerOrdersTo1C', offer, { sessionId, limit }));
  }

  /** 1C has stored what the session was given. */
  async confirm(sessionId: string): Promise<void> {
    await this.#call('confirmOrdersIn1C', confirm, { sessionId });
  }

  async apply(documents: readonly SaleDocument[]): Promise<AppliedSale[]> {
    return z.array(appliedSale).parse(await this.#call('applySaleDocuments', apply, { documents }));
  }

  #call(field: string, query: string, input: Record<string, unknown>): Promise<unknown> {
    return callPeer<unknown>(this.#client, 'orders', { field, query, variables: { input } }, this.#request);
  }
}
