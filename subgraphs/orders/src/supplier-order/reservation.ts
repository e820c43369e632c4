import { DomainError } from '@gastronom/shared/domain-error';
import type { SubgraphRequest } from '@gastronom/shared/subgraph';
import type { SubgraphClient } from '@gastronom/shared/subgraph-client';

const release = 'mutation ReleaseReservation($input: JSON!) { releaseReservation(input: $input) }';
const settle = 'mutation SettleReservation($input: JSON!) { settleReservation(input: $input) }';

export interface Handover {
  readonly orderKey: string;
  readonly handedOverAt: string;
  /** Nothing was reserved for goods that are not among them. */
  readonly lines: readonly { readonly sku: string; readonly quantity: string }[];
}

type Caller = Pick<SubgraphRequest, 'requestId' | 'logger'>;

/** What becomes of goods that the house keeps for its orders. Each may be said again, and then changes nothing. */
export class Reservations {
  readonly #client: SubgraphClient;
  readonly #caller: Caller;

  constructor(client: SubgraphClient, caller: Caller) {
    this.#client = client;
    this.#caller = caller;
  }

  /** A back-order has none; what was handed over cannot come back by being cancelled. */
  release(orderKey: string): Promise<void> {
    return this.#say(release, { orderKey }, ['NOT_FOUND', 'CONFLICT']);
  }

  /** The first handover stands: what a correction says differently, the next count shows. */
  settle(handover: Handover): Promise<void> {
    return this.#say(settle, { ...handover }, ['NOT_FOUND', 'CONFLICT', 'IDEMPOTENCY_KEY_REUSED']);
  }

  async #say(query: string, input: Record<string, unknown>, known: readonly string[]): Promise<void> {
    try {
      await this.#client.call('inventory', { query, variables: { input } }, this.#caller);
    } catch (error) {
      if (!(error instanceof DomainError) || !known.includes(error.code)) throw error;
      this.#caller.logger.info({ orderKey: input.orderKey, code: error.code }, 'a reservation stays as it is');
    }
  }
}
