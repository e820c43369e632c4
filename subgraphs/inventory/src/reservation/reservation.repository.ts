import type { EntityManager } from 'typeorm';
import type { StockGood } from '../product/stock-summary.sql.ts';
import type { QuantityLine } from './reservation-command.ts';

export type ReservationStatus = 'RESERVED' | 'RELEASED' | 'EXPIRED' | 'HANDED_OVER' | 'SETTLED';
export type LineOutcome = 'RESERVED' | 'INSUFFICIENT' | 'UNKNOWN_PRODUCT' | 'NOT_AVAILABLE';

export interface ReservationLine {
  readonly id: string;
  /** As the order says it. */
  readonly sku: string;
  /** What the good is called now. */
  readonly productSku: string;
  readonly quantity: string;
  /** How much of it is subtracted from the stock now. */
  readonly held: string;
  /** Null until the order was handed over. */
  readonly handedOver: string | null;
}

export interface Reservation {
  readonly orderKey: string;
  readonly status: ReservationStatus;
  readonly expiresAt: string;
  readonly handedOverAt: string | null;
  readonly createdAt: string;
  readonly lines: readonly ReservationLine[];
}

/** One line of the answer to a reservation; what is said of the whole stands in each. */
export interface JudgedLine extends QuantityLine {
  readonly status: ReservationStatus | 'REFUSED' | 'OTHER_REQUEST';
  readonly replayed: boolean;
  readonly outcome: LineOutcome;
  readonly available: string;
}

export interface ReservationRequest {
  readonly orderKey: string;
  readonly fingerprint: string;
  readonly lines: readonly QuantityLine[];
  readonly goods: ReadonlyMap<string, StockGood>;
  readonly bufferDefault: number;
  readonly expiresAt: string;
  readonly actor: string;
}

/** Who changes it, and of which moment that is told. */
export interface Change {
  readonly actor: string;
  readonly at: string;
}

const reserveSql = `
SELECT status, replayed, sku, round(quantity, 3)::text AS quantity, outcome, round(available, 3)::text AS available
FROM reserve_stock($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const findSql = `
SELECT reservation.order_key AS "orderKey", status, ${utc('expires_at')} AS "expiresAt",
  ${utc('reservation.handed_over_at')} AS "handedOverAt", ${utc('created_at')} AS "createdAt",
  (SELECT json_agg(json_build_object(
      'id', line.id::text, 'sku', line.asked_sku, 'productSku', line.product_sku, 'quantity', line.quantity::text,
      'held', line.held::text, 'handedOver', line.handed_over::text) ORDER BY line.number)
   FROM reservation_lines AS line WHERE line.order_key = reservation.order_key) AS lines
FROM reservations AS reservation WHERE reservation.order_key = $1`;

/**
 * Reservations, by functions of the database that lock the totals of their goods in the order of their SKUs. Each that
 * changes something answers the SKUs of which more or less is held than before.
 */
export class ReservationRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async find(orderKey: string): Promise<Reservation | null> {
    const [reservation] = await this.#manager.query(findSql, [orderKey]);
    return reservation ?? null;
  }

  /** Until the transaction ends, nobody else commands this order. */
  async lock(orderKey: string): Promise<void> {
    await this.#manager.query('SELECT lock_reservation($1)', [orderKey]);
  }

  /** Until the transaction ends, nothing is counted anywhere. Before any other lock. */
  async lockCounts(): Promise<void> {
    await this.#manager.query('SELECT FROM warehouses ORDER BY id FOR SHARE');
  }

  /** Reserves all lines or none. */
  insert(request: ReservationRequest): Promise<JudgedLine[]> {
    const goods = request.lines.map(({ sku }) => request.goods.get(sku));
    return this.#manager.query(reserveSql, [
      request.orderKey,
      request.fingerprint,
      request.lines.map(({ sku }) => sku),
      request.lines.map(({ quantity }) => quantity),
      goods.map((good) => good?.isAvailable ?? null),
      goods.map((good) => good?.categoryPath.join() ?? ''),
      request.bufferDefault,
      request.expiresAt,
      request.actor,
    ]);
  }

  /** Ends those of the reservations that are held still. */
  updateToEnded(
    orderKeys: readonly string[],
    ending: 'RELEASED' | 'EXPIRED',
    { actor, at }: Change,
  ): Promise<string[]> {
    return this.#skus('end_reservations($1, $2, $3, $4)', [orderKeys, ending, actor, at]);
  }

  /** Some that are held for longer than was meant, locked; one that another command has in hand is left out. */
  async lockExpired(at: Date, limit: number): Promise<string[]> {
    await this.#manager.query('SELECT lock_names()');
    const rows: { orderKey: string }[] = await this.#manager.query(
      `SELECT order_key AS "orderKey" FROM reservations WHERE status = 'RESERVED' AND expires_at <= $1
       ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [at, limit],
    );
    return rows.map(({ orderKey }) => orderKey);
  }

  /** Each line was handed over as far as `amounts` says. Needs the counts locked. */
  updateToHandedOver(
    { orderKey, lines }: Reservation,
    amounts: readonly string[],
    { actor, at }: Change,
  ): Promise<string[]> {
    const ids = lines.map(({ id }) => id);
    return this.#skus('hand_over_reservation($1, $2, $3, $4, $5)', [orderKey, at, ids, amounts, actor]);
  }

  /** Settles what was handed over before this count, and wakes what a late count contradicts. */
  settleCounted(
    rows: readonly { readonly sku: string; readonly warehouseId: string }[],
    { actor, at }: Change,
  ): Promise<string[]> {
    const pairs = [rows.map(({ sku }) => sku), rows.map(({ warehouseId }) => warehouseId)];
    return this.#skus('settle_counted($1, $2, $3, $4)', [...pairs, at, actor]);
  }

  /** The same for the end of a snapshot, which counts all goods of its warehouses. */
  settleSnapshot(warehouseIds: readonly string[], { actor, at }: Change): Promise<string[]> {
    return this.#skus('settle_snapshot($1, $2, $3)', [warehouseIds, at, actor]);
  }

  /** Lines follow goods that are called otherwise now. Needs every warehouse locked. */
  moveToNewSkus(
    names: readonly { readonly sku: string; readonly formerSku: string }[],
    { actor, at }: Change,
  ): Promise<string[]> {
    const pairs = [names.map(({ formerSku }) => formerSku), names.map(({ sku }) => sku)];
    return this.#skus('move_reservations($1, $2, $3, $4)', [...pairs, actor, at]);
  }

  /** Judges anew what was handed over of goods whose stock came from elsewhere. Needs every warehouse locked. */
  resettle(skus: readonly string[], { actor, at }: Change): Promise<string[]> {
    return this.#skus('resettle_goods($1, $2, $3)', [skus, actor, at]);
  }

  async #skus(call: string, parameters: unknown[]): Promise<string[]> {
    const rows: { sku: string }[] = await this.#manager.query(`SELECT DISTINCT sku FROM ${call} AS sku`, parameters);
    return rows.map(({ sku }) => sku);
  }
}
