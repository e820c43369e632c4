import type { TestAnswer } from '@gastronom/shared/testing/test-subgraph';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import type { StockGood } from '../product/stock-summary.sql.ts';
import type { InventoryHarness } from './inventory-harness.ts';

/** How much of which good: `{ TEA: '2' }`. */
export type Wanted = Readonly<Record<string, string>>;

export const forSale = (...skus: string[]): StockGood[] =>
  skus.map((sku) => ({ sku, isAvailable: true, categoryPath: [] }));

export const linesOf = (wanted: Wanted) => Object.entries(wanted).map(([sku, quantity]) => ({ sku, quantity }));

export interface ReservationCheck {
  readonly drifting: number;
  readonly broken: number;
}

/** The words in which tests speak of orders, over an inventory. */
export class ReservationWords {
  readonly #shop: InventoryHarness;

  constructor(shop: InventoryHarness) {
    this.#shop = shop;
  }

  /** One of the commands, with whatever input. */
  say(command: string, input: object): Promise<TestAnswer> {
    const mutation = `mutation ($input: JSON!) { answer: ${command}(input: $input) }`;
    return this.#shop.subgraph.execute(mutation, { input }, viewers.internal);
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async #must(command: string, input: object): Promise<any> {
    const { data, errors } = await this.say(command, input);
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    return data.answer;
  }

  reserve(orderKey: string, wanted: Wanted, more: object = {}) {
    return this.#must('reserveStock', { orderKey, lines: linesOf(wanted), ...more });
  }

  release(orderKey: string) {
    return this.#must('releaseReservation', { orderKey });
  }

  handOver(orderKey: string, handedOverAt: string, wanted?: Wanted) {
    return this.#must('settleReservation', {
      orderKey,
      handedOverAt,
      ...(wanted ? { lines: linesOf(wanted) } : {}),
    });
  }

  /** The code with which a command is refused. */
  async refusal(command: string, input: object): Promise<unknown> {
    const { errors } = await this.say(command, input);
    return errors?.[0]?.extensions?.code;
  }

  async statusOf(orderKey: string): Promise<string | undefined> {
    const query = 'query ($orderKey: String!) { reservation(orderKey: $orderKey) }';
    const { reservation } = await this.#shop.ask(query, { orderKey }, viewers.internal);
    return reservation?.status;
  }

  /** What is subtracted of each good: `['TEA 2']`. */
  async totals(): Promise<string[]> {
    const rows = await this.#shop.subgraph.ownerQuery<{ total: string }>(
      `SELECT product_sku || ' ' || quantity::float8 AS total FROM inventory.stock_reserved
       WHERE quantity <> 0 ORDER BY product_sku`,
    );
    return rows.map(({ total }) => total);
  }

  /** What the ledger says of reservations of a good, oldest first: `RESERVED A 0 → 2`. */
  async ledger(sku: string): Promise<string[]> {
    const rows = await this.#shop.subgraph.ownerQuery<{ line: string }>(
      `SELECT concat_ws(' ', reason, order_key, from_reserved::float8, '→', to_reserved::float8) AS line
       FROM inventory.stock_ledger WHERE product_sku = $1 AND warehouse_id IS NULL ORDER BY id`,
      [sku],
    );
    return rows.map(({ line }) => line);
  }

  /** Totals that are not the sum of their lines, and ledger entries that do not go on from the last one. */
  async check(): Promise<ReservationCheck> {
    const [check] = await this.#shop.subgraph.ownerQuery<ReservationCheck>(`
      WITH held AS (SELECT product_sku, sum(held) AS held FROM inventory.reservation_lines GROUP BY product_sku),
      step AS (
        SELECT *, lag(to_reserved, 1, 0::numeric) OVER good AS before, lead(id) OVER good IS NULL AS is_last
        FROM inventory.stock_ledger WHERE warehouse_id IS NULL WINDOW good AS (PARTITION BY product_sku ORDER BY id)
      )
      SELECT
        (SELECT count(*)::int FROM inventory.stock_reserved AS total FULL JOIN held USING (product_sku)
         WHERE coalesce(total.quantity, 0) <> coalesce(held.held, 0)) AS drifting,
        (SELECT count(*)::int FROM step LEFT JOIN inventory.stock_reserved AS total USING (product_sku)
         WHERE from_reserved <> before OR is_last AND to_reserved <> total.quantity) AS broken`);
    if (!check) throw new Error('no check came back');
    return check;
  }
}
