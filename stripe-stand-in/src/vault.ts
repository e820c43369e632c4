import type { Stripe } from 'stripe';
import { transactionOf } from './objects.ts';
import { missing } from './stripe-error.ts';

/** What a thing of Stripe's has in common with all others. */
export interface Thing {
  readonly id: string;
  readonly object: string;
}

/** An event, of whatever type. */
export type StandInEvent = Omit<Stripe.AccountUpdatedEvent, 'type' | 'data'> & {
  readonly type: string;
  readonly data: { readonly object: Thing };
};

type Posting = Pick<Stripe.BalanceTransaction, 'amount' | 'currency' | 'source' | 'type'> & { readonly fee?: number };

/** All that this Stripe has, by id, in the order in which it came. */
export class Vault {
  readonly #things = new Map<string, Thing>();
  readonly #now: () => number;
  readonly #told: (event: StandInEvent) => void;
  #number = 0;

  constructor(clock: () => number, told: (event: StandInEvent) => void) {
    this.#now = clock;
    this.#told = told;
  }

  /** In seconds. */
  get now(): number {
    return Math.floor(this.#now() / 1000);
  }

  newId(prefix: string): string {
    this.#number += 1;
    return `${prefix}_${String(this.#number).padStart(8, '0')}`;
  }

  put<Kept extends Thing>(thing: Kept): Kept {
    this.#things.set(thing.id, thing);
    return thing;
  }

  find(id: string): Thing | undefined {
    return this.#things.get(id);
  }

  get<Kept extends Thing>(object: Kept['object'], id: string): Kept {
    const thing = this.#things.get(id);
    if (thing?.object !== object) throw missing(object, id);
    return thing as Kept;
  }

  /** Newest first. */
  all<Kept extends Thing>(object: Kept['object']): Kept[] {
    return [...this.#things.values()].filter((thing) => thing.object === object).reverse() as Kept[];
  }

  /** Moves the balance. */
  post({ fee = 0, ...given }: Posting): Stripe.BalanceTransaction {
    return this.put(transactionOf({ id: this.newId('txn'), created: this.now, fee, ...given }));
  }

  /** Tells that something happened: of the thing as it is at this moment. */
  tell(type: string, object: Thing, account?: string): StandInEvent {
    const event: StandInEvent = {
      id: this.newId('evt'),
      object: 'event',
      api_version: '2026-10-28.endive',
      created: this.now,
      data: { object: structuredClone(object) },
      livemode: false,
      pending_webhooks: 1,
      request: null,
      type,
      ...(account ? { account } : {}),
    };
    this.put(event);
    this.#told(event);
    return event;
  }
}
