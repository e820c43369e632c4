/**
 * Scores of suppliers ($1), by periods of a length ($2, $3), in their own time zones: the one in which a moment ($4) lies,
 * and as many before it as make up a number ($5).
 *
 * An order counts where it ended: with its last delivery, once nothing more is expected, or where the supplier rejected it
 * or called it off. One that its buyer called off counts nowhere.
 * A line of which nothing was ordered is a substitute: it has its share in what was damaged, and in nothing else.
 */
export const scoresSql = `
WITH periods AS (
  SELECT s.id AS supplier_id, s.time_zone, first.starts AS starts_on,
    first.starts AT TIME ZONE s.time_zone AS since, (first.starts + $3::interval) AT TIME ZONE s.time_zone AS until
  FROM suppliers s
  CROSS JOIN generate_series(0, $5::int - 1) AS back
  CROSS JOIN LATERAL (SELECT date_trunc($2, $4::timestamptz AT TIME ZONE s.time_zone) - back * $3::interval AS starts) AS first
  WHERE s.id = ANY($1::uuid[])
), earliest AS (
  SELECT supplier_id, min(since) AS since FROM periods GROUP BY supplier_id
), ended AS (
  SELECT d.supplier_id, d.supplier_order_id, max(d.delivered_at) AS ended_at, min(d.promised_until) AS promised_until
  FROM scored_deliveries d
  WHERE d.supplier_order_id IN (
    SELECT recent.supplier_order_id FROM scored_deliveries recent JOIN earliest USING (supplier_id)
    WHERE recent.delivered_at >= earliest.since)
  GROUP BY 1, 2 HAVING bool_or(d.complete)
), order_lines AS (
  SELECT ended.supplier_order_id, line->>'lineId' AS line_id, max((line->>'ordered')::numeric) AS ordered,
    sum((line->>'received')::numeric) AS received, sum((line->>'damaged')::numeric) AS damaged
  FROM ended JOIN scored_deliveries d USING (supplier_order_id) CROSS JOIN jsonb_array_elements(d.lines) AS line
  GROUP BY 1, 2
), filled AS (
  SELECT supplier_order_id, count(*) FILTER (WHERE ordered > 0) AS lines, bool_and(received - damaged >= ordered) AS in_full,
    sum(least(1, (received - damaged) / nullif(ordered, 0))) FILTER (WHERE ordered > 0) AS fill,
    count(*) FILTER (WHERE received > 0) AS received_lines,
    coalesce(sum(damaged / received) FILTER (WHERE received > 0), 0) AS rejected
  FROM order_lines GROUP BY 1
), orders AS (
  SELECT ended.supplier_id, ended.ended_at, ended.ended_at <= ended.promised_until AS on_time, filled.in_full, filled.lines,
    filled.fill, filled.received_lines, filled.rejected, false AS is_rejected
  FROM ended JOIN filled USING (supplier_order_id)
  UNION ALL
  SELECT o.supplier_id, o.rejected_at, false, false, coalesce(o.line_count, 1), 0, 0, 0, true
  FROM scored_orders o JOIN earliest USING (supplier_id) WHERE o.rejected_at >= earliest.since
), order_scores AS (
  SELECT p.supplier_id, p.starts_on, count(*)::int AS orders, (count(*) FILTER (WHERE on_time IS NOT NULL))::int AS promised,
    (count(*) FILTER (WHERE on_time))::int AS on_time, (count(*) FILTER (WHERE in_full))::int AS in_full,
    (count(*) FILTER (WHERE on_time AND in_full))::int AS otif, (count(*) FILTER (WHERE is_rejected))::int AS rejected_orders,
    sum(lines)::int AS lines, sum(fill) AS fill, sum(received_lines)::int AS received_lines, sum(rejected) AS rejected
  FROM periods p JOIN orders o ON o.supplier_id = p.supplier_id AND o.ended_at >= p.since AND o.ended_at < p.until
  GROUP BY 1, 2
), invoice_scores AS (
  SELECT p.supplier_id, p.starts_on, count(*)::int AS invoices, (count(*) FILTER (WHERE accurate))::int AS accurate,
    sum(price_variance) AS variance, sum(total - price_variance) AS expected
  FROM periods p JOIN scored_invoices i ON i.supplier_id = p.supplier_id AND i.matched_at >= p.since AND i.matched_at < p.until
  GROUP BY 1, 2
), answer_scores AS (
  SELECT p.supplier_id, p.starts_on, count(*)::int AS answers,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM o.answered_at - o.placed_at)) AS response_seconds
  FROM periods p JOIN scored_orders o
    ON o.supplier_id = p.supplier_id AND o.answered_at >= p.since AND o.answered_at < p.until AND o.placed_at IS NOT NULL
  GROUP BY 1, 2
)
SELECT p.supplier_id AS "supplierId", to_char(p.starts_on, 'YYYY-MM-DD') AS "startsOn",
  to_char(p.starts_on + $3::interval - interval '1 day', 'YYYY-MM-DD') AS "endsOn",
  coalesce(o.orders, 0) AS orders, coalesce(o.promised, 0) AS promised, coalesce(o.on_time, 0) AS "onTimeOrders",
  coalesce(o.in_full, 0) AS "inFullOrders", coalesce(o.rejected_orders, 0) AS "rejectedOrders", coalesce(o.lines, 0) AS lines,
  coalesce(i.invoices, 0) AS invoices, coalesce(i.accurate, 0) AS "accurateInvoices",
  round(coalesce(i.variance, 0), 2)::text AS "priceVarianceAmount", coalesce(a.answers, 0) AS answers,
  o.on_time::float8 / nullif(o.promised, 0) AS "onTime", o.in_full::float8 / nullif(o.orders, 0) AS "inFull",
  o.otif::float8 / nullif(o.promised, 0) AS otif, (o.fill / nullif(o.lines, 0))::float8 AS "fillRate",
  (o.rejected / nullif(o.received_lines, 0))::float8 AS "rejectedQuantity",
  (i.variance / nullif(i.expected, 0))::float8 AS "priceVariance",
  i.accurate::float8 / nullif(i.invoices, 0) AS "invoiceAccuracy", (a.response_seconds / 3600)::float8 AS "responseHours"
FROM periods p
LEFT JOIN order_scores o USING (supplier_id, starts_on)
LEFT JOIN invoice_scores i USING (supplier_id, starts_on)
LEFT JOIN answer_scores a USING (supplier_id, starts_on)
ORDER BY p.supplier_id, p.starts_on DESC`;
