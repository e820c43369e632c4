import { DomainError } from '@gastronom/shared/domain-error';
import { z } from 'zod';
import type { OrdersContext } from '../context.ts';
import type { Buyer } from '../order/buyer.ts';
import { type Quote, type QuoteRequestLine, quoteSchema } from './quote.ts';

const answerSchema = z.object({ quoteOffers: quoteSchema });
const query = 'query ($input: JSON!) { quoteOffers(input: $input) }';

/** Asks suppliers what lines cost this buyer, now or then, and under which terms they are delivered. */
export async function quoteOffers(
  context: Pick<OrdersContext, 'subgraphs' | 'clock' | 'requestId' | 'logger'>,
  buyer: Buyer | null,
  lines: readonly QuoteRequestLine[],
  at = new Date(context.clock()),
): Promise<Quote> {
  const { subgraphs, requestId, logger } = context;
  if (lines.length === 0) return { at, suppliers: new Map(), lines: new Map() };
  const input = { buyer, at: at.toISOString(), lines };
  try {
    const answer = await subgraphs.call('suppliers', { query, variables: { input } }, { requestId, logger });
    const { quoteOffers: quote } = answerSchema.parse(answer);
    return {
      at,
      suppliers: new Map(quote.suppliers.map((supplier) => [supplier.id, supplier])),
      lines: new Map(quote.lines.map((line) => [line.key, line])),
    };
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'INTERNAL_SERVER_ERROR') throw error;
    logger.error({ err: error }, 'suppliers did not quote');
    throw new DomainError('SUBGRAPH_UNAVAILABLE', 'Suppliers do not answer, and prices cannot be said without them.');
  }
}
