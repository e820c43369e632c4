import { isUUID } from '@gastronom/shared/id';
import { z } from 'zod';
import type { OrdersContext } from '../context.ts';
import { FulfilmentRepository } from './fulfilment.repository.ts';
import { partiesOf } from './party.ts';
import { buyerParty } from './step.ts';

const quoteQuery = 'query QuoteOffers($input: JSON!) { quoteOffers(input: $input) }';

const quotedLine = z.object({
  key: z.string(),
  offerId: z.string(),
  status: z.string(),
  supplierId: z.string().nullish(),
  supplierSku: z.string().nullish(),
  productSku: z.string().nullish(),
  gtin: z.string().nullish(),
  name: z.string().nullish(),
  unit: z.string().nullish(),
  baseUnit: z.string().nullish(),
  packSize: z.string().nullish(),
  price: z.object({ amount: z.string(), currency: z.string() }).nullish(),
  taxRate: z.string().nullish(),
  taxIncluded: z.boolean().nullish(),
  catchWeight: z.boolean().nullish(),
});

export type QuotedSubstitute = z.infer<typeof quotedLine>;

export interface WantedSubstitute {
  readonly offerId: string;
  readonly quantity: string;
}

/** What substitutes cost this buyer, by the offer: suppliers say it as they say it of a cart. */
export async function quoteSubstitutes(
  context: OrdersContext,
  supplierOrderId: string,
  wanted: readonly WantedSubstitute[],
): Promise<ReadonlyMap<string, QuotedSubstitute>> {
  if (wanted.length === 0 || !isUUID(supplierOrderId)) return new Map();
  const known = await new FulfilmentRepository(context.manager).find(supplierOrderId);
  if (!known) return new Map();
  const { order, part } = known;
  if (!partiesOf(context.viewer, order, part).includes('SUPPLIER')) return new Map();
  const lines = wanted.map(({ offerId, quantity }, index) => ({ key: String(index), offerId, quantity }));
  const input = { buyer: buyerParty(order), lines };
  const { quoteOffers } = await context.subgraphs.call<{ quoteOffers: unknown }>(
    'suppliers',
    { query: quoteQuery, variables: { input } },
    context,
  );
  const quoted = z.object({ lines: z.array(quotedLine) }).parse(quoteOffers);
  return new Map(
    quoted.lines.filter((line) => line.supplierId === part.supplierId).map((line) => [line.offerId, line]),
  );
}
