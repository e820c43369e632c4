import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import { actorOf } from '@gastronom/shared/viewer';
import { announceAvailability } from '../availability/announce-availability.ts';
import { CatalogClient } from '../catalog/catalog.client.ts';
import type { InventoryContext } from '../context.ts';
import type { StockGood } from '../product/stock-summary.sql.ts';
import { type JudgedLine, type Reservation, ReservationRepository } from './reservation.repository.ts';
import type { QuantityLine, ReleaseCommand, ReserveCommand, SettleCommand } from './reservation-command.ts';

/** How far the clock of who tells of a handover may be ahead of ours. */
const clockDriftMs = 5 * 60_000;
const longestMs = 365 * 24 * 60 * 60_000;
const expiredAtOnce = 500;

export interface ReserveAnswer {
  readonly status: 'RESERVED' | 'REFUSED';
  readonly replayed: boolean;
  readonly lines: readonly Pick<JudgedLine, 'sku' | 'quantity' | 'outcome' | 'available'>[];
}

export type ReservationAnswer = Reservation & { readonly replayed: boolean };

const endings = {
  RELEASED: 'was released',
  EXPIRED: 'has expired',
  HANDED_OVER: 'was handed over',
  SETTLED: 'was handed over',
} as const;

const ended = ({ orderKey }: { readonly orderKey: string }, status: keyof typeof endings, but: string): DomainError =>
  new DomainError('CONFLICT', `The reservation of ${orderKey} ${endings[status]}: ${but}`, { status });

const otherRequest = (orderKey: string): DomainError =>
  new DomainError('IDEMPOTENCY_KEY_REUSED', `This was said of ${orderKey} before, with other lines.`);

const unknown = (orderKey: string): DomainError =>
  new DomainError('NOT_FOUND', `Nothing was reserved for ${orderKey}.`);

/** Nothing was changed: neither is anything announced. */
class Unchanged extends Error {
  readonly answer: ReserveAnswer;

  constructor(answer: ReserveAnswer) {
    super('nothing was reserved anew');
    this.name = 'UnchangedError';
    this.answer = answer;
  }
}

/** Keeps goods for orders. Every command may come again, and then changes nothing. */
export class ReservationService {
  readonly #context: InventoryContext;

  constructor(context: InventoryContext) {
    this.#context = context;
  }

  /** All lines or none. A refusal keeps nothing, not even the order's key: the order may be tried again. */
  async reserve(command: ReserveCommand): Promise<ReserveAnswer> {
    const { orderKey, lines } = command;
    const { manager, jobs, settings } = this.#context;
    const known = new ReservationRepository(manager);
    const expiresAt = await this.#expiry(command, known);
    const goods = await this.#goods(lines).catch(async (error: unknown) => {
      // What was answered once is answered again, whoever else is away.
      if (await known.find(orderKey)) return [];
      throw error;
    });
    const request = {
      orderKey,
      fingerprint: JSON.stringify(lines.map(({ sku, quantity }) => `${quantity} ${sku}`).toSorted()),
      lines,
      goods: new Map(goods.map((good) => [good.sku, good])),
      bufferDefault: settings.bufferDefault,
      expiresAt,
      actor: this.#actor(command),
    };
    const reserved = inTransaction(manager, async (transaction) => {
      const skus = lines.map(({ sku }) => sku);
      // Before it happens: many orders want the same goods, which are locked from the reservation to the commit.
      await announceAvailability(jobs, transaction, skus);
      const answer = answerOf(orderKey, await new ReservationRepository(transaction).insert(request));
      if (answer.status === 'REFUSED' || answer.replayed) throw new Unchanged(answer);
      return answer;
    });
    return reserved.catch((error: unknown) => {
      if (error instanceof Unchanged) return error.answer;
      throw error;
    });
  }

  /** Gives the goods back to the shop. */
  release(command: ReleaseCommand): Promise<ReservationAnswer> {
    const { orderKey } = command;
    const { manager, jobs } = this.#context;
    return inTransaction(manager, async (transaction) => {
      const reservations = new ReservationRepository(transaction);
      await reservations.lock(orderKey);
      const skus = await reservations.updateToEnded([orderKey], 'RELEASED', this.#change(command));
      const reservation = await reservations.find(orderKey);
      if (!reservation) throw unknown(orderKey);
      if (reservation.handedOverAt) throw ended(reservation, 'HANDED_OVER', 'nothing is left to be released.');
      await announceAvailability(jobs, transaction, skus);
      return { ...reservation, replayed: skus.length === 0 };
    });
  }

  /** The goods left the shop, or some of them; the rest is given back. One that expired meanwhile is handed over too. */
  async settle(command: SettleCommand): Promise<ReservationAnswer> {
    const { orderKey, handedOverAt, lines } = command;
    const { manager, jobs, clock } = this.#context;
    if (Date.parse(handedOverAt) > clock() + clockDriftMs)
      throw new DomainError('BAD_USER_INPUT', `handedOverAt: ${handedOverAt} lies in the future.`);
    return inTransaction(manager, async (transaction) => {
      const reservations = new ReservationRepository(transaction);
      await reservations.lockCounts();
      await reservations.lock(orderKey);
      const before = await reservations.find(orderKey);
      if (!before) throw unknown(orderKey);
      if (before.status === 'RELEASED') throw ended(before, 'RELEASED', 'it cannot be handed over any more.');
      const amounts = amountsOf(before, lines ?? undefined);
      if (before.handedOverAt) {
        if (before.lines.some(({ handedOver }, place) => handedOver !== amounts[place])) throw otherRequest(orderKey);
        return { ...before, replayed: true };
      }
      const change = { actor: this.#actor(command), at: handedOverAt };
      const skus = await reservations.updateToHandedOver(before, amounts, change);
      await announceAvailability(jobs, transaction, skus);
      return { ...((await reservations.find(orderKey)) ?? before), replayed: false };
    });
  }

  /** Ends what was reserved for longer than was meant, a few hundred orders at a time. */
  async expire(): Promise<number> {
    const { manager, jobs, clock } = this.#context;
    let count = 0;
    for (let found = expiredAtOnce; found === expiredAtOnce; count += found) {
      found = await inTransaction(manager, async (transaction) => {
        const reservations = new ReservationRepository(transaction);
        const orderKeys = await reservations.lockExpired(new Date(clock()), expiredAtOnce);
        if (orderKeys.length === 0) return 0;
        const skus = await reservations.updateToEnded(orderKeys, 'EXPIRED', this.#change({}));
        await announceAvailability(jobs, transaction, skus);
        return orderKeys.length;
      });
    }
    return count;
  }

  #goods(lines: readonly QuantityLine[]): Promise<StockGood[]> {
    return new CatalogClient(this.#context).goodsForStock(lines.map(({ sku }) => sku));
  }

  #actor({ actor }: { readonly actor?: string | undefined }): string {
    return actor ?? actorOf(this.#context.viewer);
  }

  #change(command: { readonly actor?: string | undefined }) {
    return { actor: this.#actor(command), at: new Date(this.#context.clock()).toISOString() };
  }

  async #expiry({ orderKey, expiresAt }: ReserveCommand, reservations: ReservationRepository): Promise<string> {
    const now = this.#context.clock();
    const moment = expiresAt ? Date.parse(expiresAt) : now + this.#context.settings.reservationMs;
    if (moment > now + longestMs)
      throw new DomainError('BAD_USER_INPUT', 'expiresAt: goods are reserved for a year at most.');
    // The same command may come again after its time.
    if (moment <= now && !(await reservations.find(orderKey)))
      throw new DomainError('BAD_USER_INPUT', `expiresAt: ${expiresAt} is over.`);
    return new Date(moment).toISOString();
  }
}

function answerOf(orderKey: string, judged: readonly JudgedLine[]): ReserveAnswer {
  const [{ status, replayed } = { status: 'REFUSED' as const, replayed: false }] = judged;
  if (status === 'OTHER_REQUEST') throw otherRequest(orderKey);
  if (status !== 'RESERVED' && status !== 'REFUSED')
    throw ended({ orderKey }, status, 'an order that is placed anew needs another key.');
  const lines = judged.map(({ sku, quantity, outcome, available }) => ({ sku, quantity, outcome, available }));
  return { status, replayed, lines };
}

/** How much of each line was handed over: all of it where nothing else is said. */
function amountsOf({ orderKey, lines }: Reservation, given: readonly QuantityLine[] | undefined): string[] {
  if (!given) return lines.map(({ quantity }) => quantity);
  const amounts = lines.map(() => '0.000');
  for (const { sku, quantity } of given) {
    const asked = lines.findIndex((line) => line.sku === sku);
    const place = asked >= 0 ? asked : lines.findIndex((line) => line.productSku === sku);
    const line = lines[place];
    if (!line) throw new DomainError('BAD_USER_INPUT', `lines: no ${sku} was reserved for ${orderKey}.`);
    if (Number(quantity) > Number(line.quantity)) {
      const message = `lines: ${quantity} of ${sku} were handed over, and ${line.quantity} were reserved for ${orderKey}.`;
      throw new DomainError('BAD_USER_INPUT', message);
    }
    amounts[place] = quantity;
  }
  return amounts;
}
