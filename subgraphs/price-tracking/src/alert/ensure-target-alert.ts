import type { EntityManager } from 'typeorm';

/** Who gives a product a target wants to be told: an alert is made for it, unless there is one, be it off. */
export async function ensureTargetAlert(manager: EntityManager, productId: string): Promise<void> {
  await manager.query(
    `INSERT INTO price_alerts (owner_id, product_id, kind, scope)
     SELECT owner_id, id, 'BELOW_TARGET', 'ANY_URL' FROM tracked_products AS product
     WHERE id = $1 AND NOT EXISTS (
       SELECT FROM price_alerts WHERE product_id = product.id AND kind = 'BELOW_TARGET')`,
    [productId],
  );
}
