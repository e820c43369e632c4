/*
 * What facts come to, in tables that are asked for scores. Each statement takes the facts whose ids are given, or all for
 * null, in any order and any number of times: the tables end the same.
 */

const chosen = (type: string) => `f.type = '${type}' AND ($1::uuid[] IS NULL OR f.event_id = ANY($1::uuid[]))`;

const placedSql = `
INSERT INTO scored_orders AS s (supplier_order_id, supplier_id, buyer_kind, buyer_id, placed_at, line_count)
SELECT DISTINCT ON (1) (o->>'id')::uuid, (o->'supplier'->>'id')::uuid, f.data->'buyer'->>'kind',
  (f.data->'buyer'->>'id')::uuid, (f.data->>'placedAt')::timestamptz, jsonb_array_length(o->'lines')
FROM scorecard_facts f CROSS JOIN jsonb_array_elements(f.data->'supplierOrders') AS o
WHERE ${chosen('OrderPlaced')}
ON CONFLICT (supplier_order_id) DO UPDATE SET placed_at = excluded.placed_at, line_count = excluded.line_count`;

// A supplier that calls off what it took on has failed its buyer as much as one that rejects it at once.
const isRefusal = `f.data->>'to' = 'REJECTED' OR f.data->>'to' = 'CANCELLED' AND f.data->>'party' = 'SUPPLIER'`;

const changedSql = `
INSERT INTO scored_orders AS s (supplier_order_id, supplier_id, buyer_kind, buyer_id, answered_at, rejected_at)
SELECT (f.data->>'supplierOrderId')::uuid, (f.data->'supplier'->>'id')::uuid, f.data->'buyer'->>'kind',
  (f.data->'buyer'->>'id')::uuid,
  min((f.data->>'at')::timestamptz) FILTER (WHERE f.data->>'to' IN ('CONFIRMED', 'PARTLY_CONFIRMED', 'REJECTED')),
  min((f.data->>'at')::timestamptz) FILTER (WHERE ${isRefusal})
FROM scorecard_facts f WHERE ${chosen('SupplierOrderChanged')}
GROUP BY 1, 2, 3, 4
ON CONFLICT (supplier_order_id) DO UPDATE SET answered_at = LEAST(s.answered_at, excluded.answered_at),
  rejected_at = LEAST(s.rejected_at, excluded.rejected_at)`;

const deliveredOrdersSql = `
INSERT INTO scored_orders AS s (supplier_order_id, supplier_id, buyer_kind, buyer_id, placed_at, answered_at)
SELECT (f.data->>'supplierOrderId')::uuid, (f.data->'supplier'->>'id')::uuid, f.data->'buyer'->>'kind',
  (f.data->'buyer'->>'id')::uuid, min((f.data->>'placedAt')::timestamptz), min((f.data->>'confirmedAt')::timestamptz)
FROM scorecard_facts f WHERE ${chosen('DeliveryMarked')}
GROUP BY 1, 2, 3, 4
ON CONFLICT (supplier_order_id) DO UPDATE SET placed_at = coalesce(s.placed_at, excluded.placed_at),
  answered_at = LEAST(s.answered_at, excluded.answered_at)`;

// A correction stands in place of what was told before, whichever comes first.
const deliveriesSql = `
INSERT INTO scored_deliveries AS s (delivery_id, revision, supplier_order_id, supplier_id, delivered_at, promised_until,
  complete, lines)
SELECT DISTINCT ON (1) (f.data->>'deliveryId')::uuid, (f.data->>'revision')::int, (f.data->>'supplierOrderId')::uuid,
  (f.data->'supplier'->>'id')::uuid, (f.data->>'deliveredAt')::timestamptz,
  ((f.data->>'promisedOn')::date + coalesce((f.data->>'promisedTo')::time, '24:00'::time)) AT TIME ZONE (f.data->>'timeZone'),
  (f.data->>'complete')::boolean, f.data->'lines'
FROM scorecard_facts f WHERE ${chosen('DeliveryMarked')}
ORDER BY 1, 2 DESC
ON CONFLICT (delivery_id) DO UPDATE SET revision = excluded.revision, delivered_at = excluded.delivered_at,
  promised_until = excluded.promised_until, complete = excluded.complete, lines = excluded.lines
WHERE s.revision < excluded.revision`;

const invoicesSql = `
INSERT INTO scored_invoices AS s (invoice_id, supplier_id, matched_at, total, price_variance, accurate)
SELECT DISTINCT ON (1) (f.data->>'invoiceId')::uuid, (f.data->'supplier'->>'id')::uuid, (f.data->>'matchedAt')::timestamptz,
  (f.data->>'total')::numeric, (f.data->>'priceVariance')::numeric, (f.data->>'accurate')::boolean
FROM scorecard_facts f WHERE ${chosen('InvoiceMatched')}
ORDER BY 1, 3 DESC
ON CONFLICT (invoice_id) DO UPDATE SET matched_at = excluded.matched_at, total = excluded.total,
  price_variance = excluded.price_variance, accurate = excluded.accurate
WHERE s.matched_at < excluded.matched_at`;

export const applySql: Readonly<Record<string, readonly string[]>> = {
  OrderPlaced: [placedSql],
  SupplierOrderChanged: [changedSql],
  DeliveryMarked: [deliveredOrdersSql, deliveriesSql],
  InvoiceMatched: [invoicesSql],
};
