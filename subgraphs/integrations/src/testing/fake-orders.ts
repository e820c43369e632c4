import type { AppliedSale, Sale, SaleDocument } from '../orders/orders-client.ts';
import { FakePeer } from './fake-peers.ts';

/** Orders that have a few for 1C, and remember what it says of them. */
export class FakeOrders extends FakePeer {
  sales: Sale[] = [];
  readonly confirmed: string[] = [];
  readonly said: SaleDocument[] = [];
  /** What becomes of what 1C says, by the order; applied where nothing else is said. */
  readonly outcomes = new Map<string, Omit<AppliedSale, 'id'>>();

  protected readonly answers = {
    offerOrdersTo1C: () => this.sales,
    confirmOrdersIn1C: ({ sessionId }: { sessionId: string }) => this.confirmed.push(sessionId),
    applySaleDocuments: ({ documents }: { documents: SaleDocument[] }) => {
      this.said.push(...documents);
      return documents.map(({ id }) => ({ id, outcome: 'APPLIED', message: null, ...this.outcomes.get(id) }));
    },
  };
}
