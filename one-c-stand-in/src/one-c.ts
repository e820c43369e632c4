import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Calculated, type Callback, type CallbackStyle, calculate, post } from './callback.ts';
import { answerControl } from './control.ts';
import type { Fault } from './fault.ts';
import { Lane } from './lane.ts';
import { Records } from './records.ts';
import { type Sale, Shelves, type Stocks } from './shelves.ts';
import { readBody, readTrigger, type Trigger, type Wanted } from './trigger.ts';

export interface OneCOptions extends Partial<CallbackStyle> {
  readonly stocks: Stocks;
  /** Any free one by default. */
  readonly port?: number;
  /** How long a calculation takes, and how long with the fault `slow`. */
  readonly delayMs?: number;
  readonly slowMs?: number;
  /** A weak old PC: one calculation after the other, where otherwise all run at once. */
  readonly oneAtATime?: boolean;
  /** How often somebody buys something. Never by default. */
  readonly sellEveryMs?: number;
  readonly fault?: Fault;
  readonly onTrigger?: (trigger: Trigger) => void;
  readonly onCallback?: (callback: Callback) => void;
  readonly onSale?: (sale: Sale) => void;
  readonly onFault?: (fault: Fault) => void;
}

/**
 * Plays the 1C of the shop: takes `POST /api/stocks/sync` `{warehouse_id_1c, callback_url}`, answers at once, calculates
 * for a while, and posts the stock of the warehouse to the address it was given.
 */
export class OneC {
  readonly #server: Server;
  readonly #options: OneCOptions;
  readonly #style: CallbackStyle;
  readonly #shelves: Shelves;
  readonly #lane: Lane;
  readonly #triggers = new Records<Trigger>();
  readonly #callbacks = new Records<Callback>();
  readonly #stopping = new AbortController();
  #held: Calculated | undefined;
  #fault: Fault;

  constructor(options: OneCOptions) {
    this.#options = options;
    const { secret, secretIn = 'bearer', encoding = 'utf-8', observedAt = false } = options;
    this.#style = { secret, secretIn, encoding, observedAt };
    this.#shelves = new Shelves(options.stocks);
    this.#lane = new Lane(options.oneAtATime ? 1 : Infinity);
    this.#fault = options.fault ?? 'none';
    // A request that was cut, or an address that is none, costs that request alone.
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: Error) => response.destroy(error));
    });
  }

  /** The address for `ONE_C_URL`. */
  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Every request so far, those too that were cut or answered with an error; the last thousand. */
  get triggers(): readonly Trigger[] {
    return this.#triggers.all;
  }

  /** Every callback so far with the answer it got; the last thousand. */
  get callbacks(): readonly Callback[] {
    return this.#callbacks.all;
  }

  get warehouses(): readonly string[] {
    return this.#shelves.warehouses;
  }

  get fault(): Fault {
    return this.#fault;
  }

  /** Faults of the trigger count from the next one, those of the callback for calculations in hand too. */
  set fault(fault: Fault) {
    if (fault === this.#fault) return;
    this.#fault = fault;
    this.#options.onFault?.(fault);
    const held = this.#held;
    this.#held = undefined;
    if (held) void this.#lane.add(() => this.#post(held));
  }

  set(warehouse: string, code: string, quantity: number | string): void {
    this.#shelves.set(warehouse, code, quantity);
  }

  /** What 1C has of a good now. */
  quantity(warehouse: string, code: string): number | string | undefined {
    return this.#shelves.goodsOf(this.#shelves.find(warehouse) ?? '').get(code);
  }

  /** Calls back without having been asked. */
  async tell(warehouse: string, url: string): Promise<void> {
    await this.#lane.add(() => this.#calculate({ warehouseId: warehouse, callbackUrl: url }));
  }

  /** Resolves when nothing is being calculated or sent. */
  idle(): Promise<void> {
    return this.#lane.idle();
  }

  async start(): Promise<void> {
    this.#server.listen(this.#options.port ?? 0, '127.0.0.1');
    await once(this.#server, 'listening');
    if (this.#options.sellEveryMs !== undefined) void this.#sell(this.#options.sellEveryMs);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
    await this.#lane.idle();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://1c');
    const reply = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
    };
    if (pathname.startsWith('/control')) return reply(...answerControl(this, request.method ?? 'GET', pathname));
    const body = await readBody(request);
    if (pathname !== '/api/stocks/sync') return reply(404, { error: `there is nothing at ${pathname}` });
    if (request.method !== 'POST') return reply(405, { error: 'a trigger is a POST' });
    const wanted = readTrigger(body);
    if (typeof wanted === 'string') return reply(400, { error: wanted });
    const status = this.#take(wanted);
    const trigger = this.#triggers.add({ ...wanted, at: new Date(), status });
    this.#options.onTrigger?.(trigger);
    if (this.#fault === 'down') request.socket.destroy();
    if (status === 202) return reply(202, { status: 'accepted' });
    if (status === 404) return reply(404, { error: `there is no warehouse ${wanted.warehouseId}` });
    if (status === 500)
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end('Ошибка выполнения');
  }

  /** Begins what a trigger asks for. @returns the status of the answer, null for none. */
  #take(wanted: Wanted): Trigger['status'] {
    if (this.#fault === 'down' || this.#fault === 'hangs') return null;
    if (this.#fault === 'error') return 500;
    if (this.#shelves.find(wanted.warehouseId) === undefined) return 404;
    if (this.#fault !== 'silent') void this.#lane.add(() => this.#calculate(wanted));
    return 202;
  }

  async #calculate({ warehouseId, callbackUrl }: Wanted): Promise<void> {
    const { delayMs = 50, slowMs = 30_000 } = this.#options;
    if (!(await this.#wait(this.#fault === 'slow' ? slowMs : delayMs))) return;
    const warehouse = this.#shelves.find(warehouseId) ?? warehouseId;
    const calculated = calculate(warehouse, this.#shelves.goodsOf(warehouse), callbackUrl, this.#style);
    if (this.#fault === 'out-of-order' && !this.#held) {
      this.#held = calculated;
      return;
    }
    await this.#post(calculated);
    if (this.#fault === 'twice') await this.#post(calculated);
    const held = this.#held;
    this.#held = undefined;
    if (held) await this.#post(held);
  }

  async #post(calculated: Calculated): Promise<void> {
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(60_000)]);
    const callback = this.#callbacks.add(await post(calculated, this.#style, this.#fault, signal));
    this.#options.onCallback?.(callback);
  }

  async #sell(everyMs: number): Promise<void> {
    while (await this.#wait(everyMs)) {
      const sale = this.#shelves.sell();
      if (sale) this.#options.onSale?.(sale);
    }
  }

  /** @returns false when 1C is switched off meanwhile. */
  async #wait(ms: number): Promise<boolean> {
    const { signal } = this.#stopping;
    return sleep(ms, true, { signal }).catch(() => {
      if (!signal.aborted) throw new Error('a wait ended early');
      return false;
    });
  }
}

export async function startOneC(options: OneCOptions): Promise<OneC> {
  const oneC = new OneC(options);
  await oneC.start();
  return oneC;
}
