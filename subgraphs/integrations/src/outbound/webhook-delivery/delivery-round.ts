import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { IntegrationsContext } from '../../context.ts';
import { endpointConnections, failingAtOnce, inHandAtOnce } from './delivery-limits.ts';
import { type ClaimedDelivery, DeliveryQueueRepository } from './delivery-queue.repository.ts';
import { sendDelivery } from './send-delivery.ts';

/** After it a round takes nothing more, and leaves what is due to the next: a job must come to its end. */
const longestMs = 5 * 60_000;
/** How often a round that waits for slow endpoints looks for what came meanwhile. */
const lookMs = 100;
/** For how long a round waits for others to end, once one has: what follows them is taken together. */
const gatherMs = 5;
/** Between the longest that a try takes and the moment at which its delivery counts as lost with its process. */
const marginMs = 30_000;

/** Sends what is due until nothing is: many at a time, a few to each endpoint, so that none waits for another's. */
export class DeliveryRound {
  readonly #context: IntegrationsContext;
  readonly #dispatcher: Dispatcher;
  readonly #deliveries: DeliveryQueueRepository;
  readonly #inHand = new Map<string, number>();
  #total = 0;
  #failing = 0;
  #hasEnded = false;
  #wake: () => void = () => undefined;

  constructor(context: IntegrationsContext, dispatcher: Dispatcher) {
    this.#context = context;
    this.#dispatcher = dispatcher;
    this.#deliveries = new DeliveryQueueRepository(context.manager);
  }

  async run(signal: AbortSignal): Promise<void> {
    const end = Date.now() + longestMs;
    for (;;) {
      // What ends while the database is asked makes room for more, so that no answer then is a last word.
      const hadNothing = this.#total === 0;
      const took = !signal.aborted && Date.now() < end ? await this.#take() : 0;
      if (hadNothing && took === 0) return;
      await this.#somethingHappens();
    }
  }

  /** @returns how many. */
  async #take(): Promise<number> {
    if (this.#total >= inHandAtOnce) return 0;
    const claimed = await this.#deliveries.claim({
      total: inHandAtOnce - this.#total,
      failing: Math.max(0, failingAtOnce - this.#failing),
      perEndpoint: endpointConnections,
      inHand: this.#inHand,
      leaseMs: this.#context.settings.webhooks.timeoutMs + marginMs,
    });
    for (const delivery of claimed) this.#begin(delivery);
    return claimed.length;
  }

  #begin(delivery: ClaimedDelivery): void {
    this.#count(delivery, 1);
    sendDelivery(this.#context, this.#dispatcher, delivery)
      // It was sent or not, and nobody knows: when its time in hand is over it is sent again, under the same id.
      .catch((error) =>
        this.#context.logger.error({ err: error, deliveryId: delivery.id }, 'what came of a webhook is not written'),
      )
      .finally(() => {
        this.#count(delivery, -1);
        this.#hasEnded = true;
        this.#wake();
      });
  }

  #count({ endpointId, isFailing }: ClaimedDelivery, change: 1 | -1): void {
    const count = (this.#inHand.get(endpointId) ?? 0) + change;
    if (count === 0) this.#inHand.delete(endpointId);
    else this.#inHand.set(endpointId, count);
    this.#total += change;
    if (isFailing) this.#failing += change;
  }

  /** Until one has ended since it was last asked, and those that end with it; or it is time to look again. */
  async #somethingHappens(): Promise<void> {
    if (!this.#hasEnded) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    if (this.#hasEnded) await delay(gatherMs);
    this.#hasEnded = false;
  }
}
