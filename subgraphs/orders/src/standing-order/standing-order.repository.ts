import type { EntityManager } from 'typeorm';
import type { Buyer } from '../order/buyer.ts';
import type { StandingLine, StandingOrderRow, StandingRun, StandingValues } from './standing-order.row.ts';

const linesSql = (which: 'only_next' | 'NOT only_next') => `
  (SELECT coalesce(json_agg(json_build_object('offerId', offer_id, 'name', line.name, 'quantity', quantity::text,
     'note', line.note) ORDER BY position), '[]')
   FROM standing_order_lines line WHERE standing_order_id = standing.id AND ${which})`;

const columns = `standing.id, buyer_kind AS "buyerKind", buyer_id AS "buyerId", name, cron, time_zone AS "timeZone",
  skip_dates::text[] AS "skipDates", note, is_paused AS "isPaused", version, next_at AS "nextAt",
  is_of_admin AS "isOfAdmin", next_note AS "nextNote", next_of_admin AS "nextOfAdmin",
  ${linesSql('NOT only_next')} AS lines, ${linesSql('only_next')} AS "nextLines"`;

/** Standing orders. Whoever changes one has locked it. */
export class StandingOrderRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** A buyer has at most a hundred. */
  list({ kind, id }: Buyer): Promise<StandingOrderRow[]> {
    return this.#manager.query(
      `SELECT ${columns} FROM standing_orders standing WHERE buyer_kind = $1 AND buyer_id = $2
       ORDER BY created_at DESC, id DESC LIMIT 100`,
      [kind, id],
    );
  }

  /** Locked until the transaction ends. */
  async lock(id: string): Promise<StandingOrderRow | null> {
    await this.#manager.query('SELECT FROM standing_orders WHERE id = $1 FOR NO KEY UPDATE', [id]);
    return this.find(id);
  }

  async find(id: string): Promise<StandingOrderRow | null> {
    const sql = `SELECT ${columns} FROM standing_orders standing WHERE id = $1`;
    const [row] = await this.#manager.query<StandingOrderRow[]>(sql, [id]);
    return row ?? null;
  }

  async listDue(at: Date): Promise<string[]> {
    const sql = 'SELECT id FROM standing_orders WHERE next_at <= $1 ORDER BY next_at, id';
    const rows = await this.#manager.query<{ id: string }[]>(sql, [at]);
    return rows.map(({ id }) => id);
  }

  async insert({ kind, id }: Buyer, values: StandingValues): Promise<string> {
    const [row] = await this.#manager.query<{ id: string }[]>(
      `INSERT INTO standing_orders (buyer_kind, buyer_id, name, cron, time_zone, skip_dates, note, is_paused, next_at,
         is_of_admin, updated_by) VALUES ($1, $2, $3, $4, $5, $6::date[], $7, $8, $9, $10, $11) RETURNING id`,
      [kind, id, ...parametersOf(values)],
    );
    const made = row?.id ?? '';
    await this.#writeLines(made, values.lines, false);
    return made;
  }

  async update(id: string, values: StandingValues): Promise<void> {
    await this.#manager.query(
      `UPDATE standing_orders SET name = $2, cron = $3, time_zone = $4, skip_dates = $5::date[], note = $6,
         is_paused = $7, next_at = $8, is_of_admin = $9, updated_by = $10, version = version + 1, updated_at = now()
       WHERE id = $1`,
      [id, ...parametersOf(values)],
    );
    await this.#writeLines(id, values.lines, false);
  }

  /** What is ordered the next time alone; no lines: as always. */
  async changeNext(id: string, lines: readonly StandingLine[], note: string | null, isOfAdmin: boolean): Promise<void> {
    const isChanged = lines.length > 0;
    await this.#manager.query(
      `UPDATE standing_orders SET next_note = $2, next_of_admin = $3, version = version + 1, updated_at = now()
       WHERE id = $1`,
      [id, isChanged ? note : null, isChanged ? isOfAdmin : null],
    );
    await this.#writeLines(id, lines, true);
  }

  /** Another time is the next, and that one is as always. */
  async moveTo(id: string, nextAt: Date | null): Promise<void> {
    await this.#manager.query(
      'UPDATE standing_orders SET next_at = $2, next_note = NULL, next_of_admin = NULL WHERE id = $1',
      [id, nextAt],
    );
    await this.#writeLines(id, [], true);
  }

  async delete(id: string): Promise<void> {
    await this.#manager.query('DELETE FROM standing_orders WHERE id = $1', [id]);
  }

  async pauseAllOf({ kind, id }: Buyer): Promise<void> {
    await this.#manager.query(
      `UPDATE standing_orders SET is_paused = true, next_at = NULL, version = version + 1, updated_at = now()
       WHERE buyer_kind = $1 AND buyer_id = $2 AND NOT is_paused`,
      [kind, id],
    );
  }

  /** What came of one time: it is done once. */
  async insertRun(id: string, { dueAt, orderId, failure, findings, triedAt }: StandingRun): Promise<void> {
    await this.#manager.query(
      `INSERT INTO standing_order_runs (standing_order_id, due_at, order_id, failure, findings, tried_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (standing_order_id, due_at) DO NOTHING`,
      [id, dueAt, orderId, failure, JSON.stringify(findings), triedAt],
    );
  }

  /** The latest ten of each, in one statement. */
  listRuns(ids: readonly string[]): Promise<(StandingRun & { readonly standingOrderId: string })[]> {
    return this.#manager.query(
      `SELECT run.standing_order_id AS "standingOrderId", due_at AS "dueAt", order_id AS "orderId", failure, findings,
         tried_at AS "triedAt"
       FROM unnest($1::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
         SELECT * FROM standing_order_runs WHERE standing_order_id = wanted.id ORDER BY due_at DESC LIMIT 10
       ) AS run ORDER BY due_at DESC`,
      [ids],
    );
  }

  /** Which standing order an order was made by. */
  async findRunOf(
    orderId: string,
  ): Promise<{ readonly standingOrderId: string; readonly name: string; readonly dueAt: Date } | null> {
    const [run] = await this.#manager.query<{ standingOrderId: string; name: string; dueAt: Date }[]>(
      `SELECT standing.id AS "standingOrderId", standing.name, run.due_at AS "dueAt"
       FROM standing_order_runs run JOIN standing_orders standing ON standing.id = run.standing_order_id
       WHERE run.order_id = $1`,
      [orderId],
    );
    return run ?? null;
  }

  /** What could not be reserved of an order. */
  listRefused(orderId: string): Promise<{ readonly offerId: string; readonly name: string; readonly code: string }[]> {
    return this.#manager.query(
      `SELECT line.offer_id AS "offerId", line.name, line.refusal AS code
       FROM order_lines line JOIN supplier_orders part ON part.id = line.supplier_order_id
       WHERE part.order_id = $1 AND line.refusal IS NOT NULL ORDER BY part.number, line.position`,
      [orderId],
    );
  }

  async #writeLines(id: string, lines: readonly StandingLine[], onlyNext: boolean): Promise<void> {
    await this.#manager.query('DELETE FROM standing_order_lines WHERE standing_order_id = $1 AND only_next = $2', [
      id,
      onlyNext,
    ]);
    await this.#manager.query(
      `INSERT INTO standing_order_lines (standing_order_id, only_next, position, offer_id, name, quantity, note)
       SELECT $1, $2, position, line->>'offerId', line->>'name', (line->>'quantity')::numeric, line->>'note'
       FROM json_array_elements($3::json) WITH ORDINALITY AS given(line, position)`,
      [id, onlyNext, JSON.stringify(lines)],
    );
  }
}

const parametersOf = (values: StandingValues): unknown[] => [
  values.name,
  values.cron,
  values.timeZone,
  values.skipDates,
  values.note,
  values.isPaused,
  values.nextAt,
  values.isOfAdmin,
  values.userId,
];
