import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stripe } from 'stripe';
import { render } from './answers.ts';
import { type ApiCall, createApi } from './api.ts';
import { answerControl } from './control.ts';
import { closeDispute, openDispute } from './disputes.ts';
import type { Fault } from './fault.ts';
import { readForm } from './form.ts';
import { Money } from './money.ts';
import { StripeFailure } from './stripe-error.ts';
import { Vault } from './vault.ts';
import { type Delivery, Webhook, type WebhookOptions } from './webhook.ts';

export interface StripeStandInOptions extends WebhookOptions {
  /** Any free one by default. */
  readonly port?: number;
  readonly clock?: () => number;
}

interface Kept {
  readonly request: string;
  readonly status: number;
  readonly body: object;
}

/** A request that came, and what became of it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey: string | undefined;
  readonly fault: Fault | undefined;
}

interface Awaited {
  readonly fault: Fault;
  readonly path: RegExp;
}

const error = (status: number, type: StripeFailure['type'], message: string, code?: string) =>
  new StripeFailure(status, type, message, code);

/**
 * Plays Stripe: its API for payments, connected accounts and balance, as docs.stripe.com/api says it behaves, with what
 * people and banks do besides, and with the faults that a network has.
 */
export class StripeStandIn {
  readonly #server: Server;
  readonly #options: StripeStandInOptions;
  readonly #vault: Vault;
  readonly #api: (call: ApiCall) => object;
  readonly #kept = new Map<string, Kept>();
  #awaited: Awaited[] = [];
  readonly money: Money;
  readonly webhook: Webhook;
  readonly seen: Seen[] = [];

  constructor(options: StripeStandInOptions = {}) {
    this.#options = options;
    this.webhook = new Webhook(options);
    this.#vault = new Vault(options.clock ?? Date.now, (event) => this.webhook.add(event));
    this.money = new Money(this.#vault);
    this.#api = createApi(this.#vault, this.money);
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((cause: Error) => response.destroy(cause));
    });
  }

  /** The address for `STRIPE_API_URL`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next request to such a path goes wrong. */
  failNext(fault: Fault, path: RegExp = /./): void {
    this.#awaited.push({ fault, path });
  }

  /** No fault waits for a request any more. */
  calm(): void {
    this.#awaited = [];
  }

  /** The supplier has told Stripe all about itself. */
  finishOnboarding(accountId: string): void {
    const account = this.#vault.get<Stripe.Account>('account', accountId);
    Object.assign(account, {
      capabilities: { transfers: 'active' },
      charges_enabled: true,
      payouts_enabled: true,
      details_submitted: true,
      requirements: { ...account.requirements, currently_due: [], disabled_reason: null },
    });
    this.#vault.tell('account.updated', account, accountId);
  }

  /** Stripe shuts an account until it knows more. */
  restrict(accountId: string): void {
    const account = this.#vault.get<Stripe.Account>('account', accountId);
    Object.assign(account, {
      capabilities: { transfers: 'inactive' },
      payouts_enabled: false,
      requirements: { ...account.requirements, currently_due: ['individual.id_number'], disabled_reason: 'listed' },
    });
    this.#vault.tell('account.updated', account, accountId);
  }

  dispute(chargeId: string, amount?: number): Stripe.Dispute {
    return openDispute(this.#vault, chargeId, amount);
  }

  closeDispute(disputeId: string, status: 'won' | 'lost'): void {
    closeDispute(this.#vault, disputeId, status);
  }

  /** Stripe's own fee for an account, as it appears now and then. */
  chargeFee(amount: number, currency: string): void {
    this.#vault.post({ amount: -amount, currency, source: null, type: 'stripe_fee' });
  }

  /** Somebody at Stripe corrects the balance. */
  adjust(amount: number, currency: string): void {
    this.#vault.post({ amount, currency, source: null, type: 'adjustment' });
  }

  all<Kind extends { readonly id: string; readonly object: string }>(object: Kind['object']): Kind[] {
    return this.#vault.all<Kind>(object);
  }

  /** What the platform's balance comes to. */
  balance(currency: string): number {
    return this.all<Stripe.BalanceTransaction>('balance_transaction')
      .filter((transaction) => transaction.currency === currency)
      .reduce((sum, { net }) => sum + net, 0);
  }

  deliver(delivery?: Delivery): Promise<number[]> {
    return this.webhook.deliver(delivery);
  }

  async start(): Promise<void> {
    this.#server.listen(this.#options.port ?? 0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks = await request.toArray();
    const { pathname, search } = new URL(request.url ?? '/', 'http://stripe');
    const method = request.method ?? 'GET';
    const text = method === 'GET' ? search.slice(1) : Buffer.concat(chunks).toString('utf8');
    const key = request.headers['idempotency-key']?.toString();
    if (/^\/control(\/|$)/.test(pathname)) {
      const [status, told] = answerControl(this, method, pathname);
      response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(told, null, 2)}\n`);
      return;
    }
    const fault = this.#takeFault(pathname);
    this.seen.push({ method, path: pathname, idempotencyKey: key, fault });
    if (fault === 'silent') return;
    if (fault === 'cut') {
      request.socket.destroy();
      return;
    }
    const account = request.headers['stripe-account']?.toString();
    const isKnown = /^Bearer (sk|rk)_\w+$/.test(request.headers.authorization ?? '');
    const call = { method, path: pathname, form: readForm(text), account };
    const { status, body } = isKnown
      ? this.#once(call, text, key, fault)
      : kept(error(401, 'invalid_request_error', 'Invalid API Key provided.'));
    if (fault === 'silent-after') return;
    if (fault === 'cut-after') request.socket.destroy();
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  /** The same key with the same parameters is answered as it was the first time: docs.stripe.com/api/idempotent_requests. */
  #once(call: ApiCall, text: string, key: string | undefined, fault: Fault | undefined): Omit<Kept, 'request'> {
    const request = `${call.method} ${call.path} ${call.account ?? ''} ${text}`;
    const known = key === undefined ? undefined : this.#kept.get(key);
    if (fault === 'rate-limit') return kept(error(429, 'rate_limit_error', 'Too many requests.', 'rate_limit'));
    if (fault === 'conflict')
      return kept(error(409, 'idempotency_error', 'There is another request with this key.', 'idempotency_key_in_use'));
    if (known && known.request !== request)
      return kept(
        error(400, 'idempotency_error', 'Keys can only be used with the parameters they were first used with.'),
      );
    if (known) return known;
    const answer = fault === 'broken' ? broken() : this.#do(call);
    const said = fault === 'broken-after' ? broken() : answer;
    if (key !== undefined && call.method === 'POST') this.#kept.set(key, { request, ...said });
    return said;
  }

  #do(call: ApiCall): Omit<Kept, 'request'> {
    try {
      return { status: 200, body: render(this.#vault, this.#api(call), call.form) };
    } catch (cause) {
      if (cause instanceof StripeFailure) return kept(cause);
      throw cause;
    }
  }

  #takeFault(path: string): Fault | undefined {
    const index = this.#awaited.findIndex((awaited) => awaited.path.test(path));
    return index < 0 ? undefined : this.#awaited.splice(index, 1)[0]?.fault;
  }
}

const kept = ({ status, body }: StripeFailure): Omit<Kept, 'request'> => ({ status, body });
const broken = () => kept(error(500, 'api_error', 'An unknown error occurred.'));

export async function startStripe(options: StripeStandInOptions = {}): Promise<StripeStandIn> {
  const stripe = new StripeStandIn(options);
  await stripe.start();
  return stripe;
}
