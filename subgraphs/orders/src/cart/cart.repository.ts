import { selectRows } from '@gastronom/shared/database/select-rows';
import { selectWithRows } from '@gastronom/shared/database/select-with-rows';
import type { EntityManager } from 'typeorm';
import type { Buyer } from '../order/buyer.ts';
import { CartEntity, CartLineEntity, CartSupplierEntity } from './cart.entity.ts';

export type NewCartLine = Pick<
  CartLineEntity,
  'offerId' | 'supplierId' | 'supplierName' | 'name' | 'unit' | 'priceAmount' | 'priceCurrency' | 'quantity' | 'note'
>;

export type CartChoice = Pick<CartSupplierEntity, 'deliverOn' | 'deliverFrom' | 'cutOffAt' | 'substitution' | 'note'>;

/** A cart with what is in it. */
export type WholeCart = CartEntity & {
  readonly lines: CartLineEntity[];
  readonly choices: CartSupplierEntity[];
};

const ofCart = 'WHERE cart_id = carts.id';
const ofBuyer = 'WHERE buyer_kind = $1 AND buyer_id = $2';

/** A cart's rows. Whoever changes one of them has locked the cart. */
export class CartRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** All of it as it was at one moment. */
  async findWhole({ kind, id }: Buyer): Promise<WholeCart | null> {
    const parts = {
      lines: { entity: CartLineEntity, rest: `${ofCart} ORDER BY place` },
      choices: { entity: CartSupplierEntity, rest: ofCart },
    };
    const [cart] = await selectWithRows(this.#manager, CartEntity, parts, ofBuyer, [kind, id]);
    return cart ?? null;
  }

  listChoices(cartId: string): Promise<CartSupplierEntity[]> {
    return selectRows(this.#manager, CartSupplierEntity, 'WHERE cart_id = $1', [cartId]);
  }

  /** The buyer's cart, made if there is none; nobody else changes it until the transaction ends. */
  async lock({ kind, id }: Buyer): Promise<CartEntity> {
    const lock = () => selectRows(this.#manager, CartEntity, `${ofBuyer} FOR NO KEY UPDATE`, [kind, id]);
    const [known] = await lock();
    if (known) return known;
    await this.#manager.query(
      'INSERT INTO carts (buyer_kind, buyer_id) VALUES ($1, $2) ON CONFLICT (buyer_kind, buyer_id) DO NOTHING',
      [kind, id],
    );
    const [made] = await lock();
    if (!made) throw new Error(`the cart of ${kind} ${id} was made and is not there`);
    return made;
  }

  async raiseVersion(cartId: string): Promise<void> {
    await this.#manager.query('UPDATE carts SET version = version + 1, updated_at = now() WHERE id = $1', [cartId]);
  }

  async setPlacing(cartId: string, orderId: string): Promise<void> {
    await this.#manager.query('UPDATE carts SET placing_order_id = $2 WHERE id = $1', [cartId, orderId]);
  }

  /** What is there already gets more, at the price of now. */
  async addLines(cartId: string, userId: string, lines: readonly NewCartLine[]): Promise<void> {
    await this.#manager.query(
      `INSERT INTO cart_lines (cart_id, added_by, updated_by, offer_id, supplier_id, supplier_name, name, unit,
         price_amount, price_currency, quantity, note)
       SELECT $1, $2, $2, line."offerId", line."supplierId", line."supplierName", line.name, line.unit,
         line."priceAmount", line."priceCurrency", line.quantity, line.note
       FROM json_to_recordset($3::json) AS line("offerId" text, "supplierId" uuid, "supplierName" text, name text,
         unit text, "priceAmount" numeric, "priceCurrency" text, quantity numeric, note text)
       ON CONFLICT (cart_id, offer_id) DO UPDATE SET
         quantity = cart_lines.quantity + excluded.quantity, note = coalesce(excluded.note, cart_lines.note),
         price_amount = excluded.price_amount, price_currency = excluded.price_currency,
         version = cart_lines.version + 1, updated_by = excluded.updated_by, updated_at = now()`,
      [cartId, userId, JSON.stringify(lines)],
    );
  }

  async findLine(cartId: string, id: string): Promise<CartLineEntity | null> {
    return this.#manager.findOneBy(CartLineEntity, { cartId, id });
  }

  async updateLine({ id, version }: CartLineEntity, set: Partial<CartLineEntity>): Promise<void> {
    await this.#manager.update(CartLineEntity, { id }, { ...set, version: version + 1, updatedAt: () => 'now()' });
  }

  async deleteLine(cartId: string, id: string): Promise<void> {
    await this.#manager.delete(CartLineEntity, { cartId, id });
  }

  async deleteAll(cartId: string): Promise<void> {
    await this.#manager.delete(CartLineEntity, { cartId });
    await this.#manager.delete(CartSupplierEntity, { cartId });
  }

  async countLines(cartId: string): Promise<number> {
    const [counted] = await this.#manager.query<[{ lines: number }]>(
      'SELECT count(*)::int AS lines FROM cart_lines WHERE cart_id = $1',
      [cartId],
    );
    return counted.lines;
  }

  async upsertChoice(cartId: string, supplierId: string, choice: CartChoice): Promise<void> {
    await this.#manager.upsert(CartSupplierEntity, { cartId, supplierId, ...choice }, ['cartId', 'supplierId']);
  }

  /**
   * What the parts of an order that stand have taken leaves the buyer's cart, and no more: what members put in meanwhile
   * stays. Chosen days leave with their supplier's last line.
   */
  async takeOrdered(orderId: string): Promise<void> {
    const cart = await this.release(orderId);
    if (!cart) return;
    await this.#manager.query(
      `WITH ordered AS (
         SELECT line.offer_id, sum(line.quantity) AS quantity
         FROM order_lines line JOIN supplier_orders part ON part.id = line.supplier_order_id
         WHERE part.order_id = $2 AND part.status <> 'REFUSED' GROUP BY line.offer_id
       ), gone AS (
         DELETE FROM cart_lines line USING ordered
         WHERE line.cart_id = $1 AND line.offer_id = ordered.offer_id AND line.quantity <= ordered.quantity
       )
       UPDATE cart_lines line
       SET quantity = line.quantity - ordered.quantity, version = line.version + 1, updated_at = now()
       FROM ordered
       WHERE line.cart_id = $1 AND line.offer_id = ordered.offer_id AND line.quantity > ordered.quantity`,
      [cart.id, orderId],
    );
    await this.#manager.query(
      `DELETE FROM cart_suppliers choice WHERE choice.cart_id = $1 AND NOT EXISTS (
         SELECT FROM cart_lines line WHERE line.cart_id = $1 AND line.supplier_id = choice.supplier_id)`,
      [cart.id],
    );
  }

  /** The order that was made of it stands or fell. @returns the cart, locked; null of an order that has none. */
  async release(orderId: string): Promise<{ readonly id: string } | null> {
    const [carts] = await this.#manager.query<[{ id: string }[], number]>(
      `UPDATE carts SET placing_order_id = NULL, version = version + 1, updated_at = now() WHERE placing_order_id = $1
       RETURNING id`,
      [orderId],
    );
    return carts[0] ?? null;
  }
}
