import { signDevelopmentToken } from '@gastronom/gateway/identity/development-token';
import type { DevelopmentSecrets } from '@gastronom/shared/secrets';
import type { Good } from './goods.ts';

const addToCart = `mutation ($input: AddToCartInput!) { addToCart(input: $input) { userErrors { code } } }`;
const clearCart = 'mutation { clearCart { userErrors { code } } }';
const placeOrder = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id status } findings { code severity } userErrors { code } refusedLines { id } }
}`;

interface Adding {
  readonly addToCart: { readonly userErrors: readonly { readonly code: string }[] };
}

interface Placing {
  readonly placeOrder: {
    readonly order: { readonly id: string; readonly status: string } | null;
    readonly findings: readonly { readonly code: string; readonly severity: string }[];
    readonly userErrors: readonly { readonly code: string }[];
  };
}

interface Failure {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

/** One that was asked for, from when it was due. */
export interface Ordered {
  readonly outcome: string;
  readonly orderId: string | null;
  /** `placeOrder` alone, where it came to that. */
  readonly placingMs?: number;
  /** From the moment when it was due, `addToCart` included. */
  readonly wholeMs: number;
}

/** A person with a cart. They want one thing after another, as people do, and wait for the answer. */
interface Buyer {
  readonly token: string;
  busy: Promise<unknown>;
}

/** People who order from the same few goods, through the public door. */
export class Buyers {
  readonly #url: string;
  readonly #goods: readonly Good[];
  readonly #buyers: Buyer[] = [];
  /** How often `placeOrder` was asked again, as no answer came in time. */
  askedAgain = 0;

  constructor(url: string, goods: readonly Good[]) {
    this.#url = url;
    this.#goods = goods;
  }

  /** Everybody signs in: who is new is made, which orders do not wait for. */
  async signIn(secrets: DevelopmentSecrets, count: number): Promise<void> {
    for (let buyer = 0; buyer < count; buyer += 1) {
      const who = { clerkUserId: `user_bench_${buyer}`, name: `Buyer ${buyer}`, email: `buyer${buyer}@bench.example` };
      const token = await signDevelopmentToken(secrets, who, 86_400);
      await this.#ask('{ me { id } }', {}, token);
      this.#buyers.push({ token, busy: Promise.resolve() });
    }
  }

  /** The next buyer's turn: three goods, of which everybody wants one, and more of what they want than there is. */
  async order(number: number, due = performance.now()): Promise<Ordered> {
    const buyer = this.#buyers[number % this.#buyers.length];
    if (!buyer) throw new Error('nobody has signed in');
    const ordered = buyer.busy.then(() => this.#order(number, buyer.token, due));
    buyer.busy = ordered.catch(() => undefined);
    return ordered;
  }

  async #order(number: number, token: string, due: number): Promise<Ordered> {
    const lines = linesOf(number, this.#goods.length).map(({ place, pieces }) => ({
      offerId: `house:${this.#goods[place]?.sku}`,
      quantity: String(pieces),
    }));
    const { addToCart: added } = await this.#ask<Adding>(addToCart, { input: { lines } }, token);
    const refusal = added.userErrors[0]?.code;
    if (refusal) return { outcome: `NOT_ADDED_${refusal}`, orderId: null, wholeMs: performance.now() - due };
    const from = performance.now();
    const answer = await this.#place(`order-${number}`, token);
    const now = performance.now();
    const outcome = outcomeOf(answer.placeOrder);
    if (outcome !== 'PLACED') await this.#ask(clearCart, {}, token);
    return { outcome, orderId: answer.placeOrder.order?.id ?? null, placingMs: now - from, wholeMs: now - due };
  }

  /** Asks again with the same key where no answer came in time, as a client should. */
  async #place(idempotencyKey: string, token: string): Promise<Placing> {
    for (;;) {
      try {
        return await this.#ask<Placing>(placeOrder, { input: { idempotencyKey } }, token);
      } catch (error) {
        if (!/^(SUBGRAPH_TIMEOUT|SUBGRAPH_UNAVAILABLE|CONFLICT) /.test((error as Error).message)) throw error;
        this.askedAgain += 1;
      }
    }
  }

  async #ask<Data>(query: string, variables: Record<string, unknown>, token: string): Promise<Data> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: Failure[] };
    if (!errors && response.status === 200) return data;
    throw new Error(`${errors?.[0]?.extensions?.code ?? response.status} ${errors?.[0]?.message}`);
  }
}

const outcomeOf = ({ order, findings, userErrors }: Placing['placeOrder']): string =>
  order?.status ?? findings.find(({ severity }) => severity === 'ERROR')?.code ?? userErrors[0]?.code ?? 'NOTHING';

/** Each is wanted by one order of four. */
const popular = 4;

/** One of the popular goods and two of the others, one to three pieces of each, from the order's number alone. */
export function linesOf(number: number, goods: number): { readonly place: number; readonly pieces: number }[] {
  const others = goods - popular;
  const first = (number * 7) % others;
  const second = (first + 1 + ((number * 11) % (others - 1))) % others;
  return [number % popular, popular + first, popular + second].map((place, line) => ({
    place,
    pieces: 1 + ((number + line) % 3),
  }));
}
