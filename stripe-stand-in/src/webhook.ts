import { Stripe } from 'stripe';
import type { StandInEvent } from './vault.ts';

export interface WebhookOptions {
  /** Takes an event as it would be posted, and answers with the HTTP status. */
  readonly post?: (body: string, headers: Record<string, string>) => Promise<number>;
  /** Whether events are posted as they happen. Otherwise `deliver` posts them. */
  readonly atOnce?: boolean;
  readonly secret?: string;
}

/** How the events that wait are delivered. */
export interface Delivery {
  readonly order?: 'in-order' | 'reversed';
  readonly times?: number;
  /** Those that are lost on the way. */
  readonly lose?: (event: StandInEvent, index: number) => boolean;
}

/** Tells of events as Stripe does: signed, at least once, in any order. */
export class Webhook {
  readonly #options: WebhookOptions;
  #waiting: StandInEvent[] = [];
  #posting: Promise<unknown> = Promise.resolve();

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  get waiting(): readonly StandInEvent[] {
    return this.#waiting;
  }

  add(event: StandInEvent): void {
    this.#waiting.push(event);
    if (this.#options.atOnce) this.#posting = this.#posting.then(() => this.deliver());
  }

  /** Resolves when what happened so far was posted. */
  async idle(): Promise<void> {
    await this.#posting;
  }

  sign(event: StandInEvent, secret = this.#options.secret ?? 'whsec_test', timestamp?: number) {
    const payload = JSON.stringify(event);
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload,
      secret,
      ...(timestamp ? { timestamp } : {}),
    });
    return { body: payload, headers: { 'content-type': 'application/json', 'stripe-signature': signature } };
  }

  /** @returns the statuses of the answers. */
  async deliver({ order = 'in-order', times = 1, lose = () => false }: Delivery = {}): Promise<number[]> {
    const { post } = this.#options;
    const waiting = this.#waiting.filter((event, index) => !lose(event, index));
    this.#waiting = [];
    if (order === 'reversed') waiting.reverse();
    const statuses: number[] = [];
    for (const event of waiting)
      for (let time = 0; time < times; time += 1) {
        const { body, headers } = this.sign(event);
        if (post) statuses.push(await post(body, headers));
      }
    return statuses;
  }
}
