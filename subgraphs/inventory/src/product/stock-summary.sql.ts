/**
 * What can be ordered of a good: all stock, less what is reserved, less the buffer; never below zero, and nothing of what
 * the shop does not sell. The one place of this formula; a buffer is a product's own, else that of the nearest category
 * with one, else the global.
 * @param buffer SQL of the buffer.
 */
export const availableOnlineSql = (buffer: string): string =>
  `CASE WHEN good."isAvailable" THEN greatest(0, coalesce(held.quantity, 0) - ${buffer}) ELSE 0 END`;

/** A product's own buffer, or that of the nearest of `good."categoryPath"` that has one. Null where the global one holds. */
export const overrideSql = `coalesce(
  (SELECT buffer.quantity FROM buffers AS buffer WHERE buffer.scope = 'PRODUCT' AND buffer.target = good.sku),
  (SELECT buffer.quantity
   FROM unnest(good."categoryPath") WITH ORDINALITY AS category(id, distance)
   JOIN buffers AS buffer ON buffer.scope = 'CATEGORY' AND buffer.target = category.id
   ORDER BY category.distance LIMIT 1))`;

/** The buffer that staff set for everything, else the setting. @param fallback SQL of the setting. */
export const globalBufferSql = (fallback: string): string =>
  `coalesce((SELECT quantity FROM buffers WHERE scope = 'GLOBAL' AND target = ''), ${fallback})`;
