import type { SearchText } from '../search/search-text.ts';
import type { ProductOrder } from './product-order.ts';
import type { Statement } from './statement.ts';

/** Fewer finds than this, and typing errors are forgiven. */
const few = 5;

/**
 * How well row `p` meets the search `w`: the kind of match first, then PostgreSQL’s own rank, which counts how often and
 * where the words stand. An integer, so that a cursor can carry it exactly.
 */
const rank = `(
  CASE
    WHEN p.search @@ w.code THEN 900
    WHEN p.sort_name = w.plain THEN 800
    WHEN p.sort_name ^@ w.beginning THEN 750
    WHEN p.sort_name ^@ w.plain THEN 700
    WHEN strpos(' ' || p.sort_name, ' ' || w.plain) > 0 THEN 600
    WHEN ts_filter(p.search, '{a}') @@ w.own THEN 500
    WHEN p.sort_name ^@ w.other THEN 450
    WHEN strpos(' ' || p.sort_name, ' ' || w.other) > 0 THEN 430
    WHEN ts_filter(p.search, '{a}') @@ w.wanted THEN 400
    WHEN ts_filter(p.search, '{a,b}') @@ w.wanted THEN 300
    ELSE 200
  END * 1000 + least(999, ts_rank('{0.05, 0, 0.2, 1}', p.search, w.wanted, 1) * 1000)
)::integer`;

/** Of goods found by a corrected word those first whose names begin with it, then those in the script that was typed. */
const nearRank = `(
  CASE WHEN to_tsvector('pg_catalog.russian', split_part(p.sort_name, ' ', 1)) @@ w.forgiven THEN 2000 ELSE 0 END +
  CASE WHEN (p.sort_name ~ '[а-я]') = (w.plain ~ '[а-я]') THEN 1000 ELSE 0 END
  + least(999, ts_rank('{0.05, 0, 0.2, 1}', p.search, w.forgiven, 1) * 1000)
)::integer`;

/**
 * Begins a statement with the goods that a search finds: `candidates` (id, rank, and the key of the order). Full text
 * decides; only when it finds next to nothing are words corrected by the catalogue’s own, in the same statement.
 */
export function searchCandidates(
  text: SearchText,
  conditions: readonly string[],
  key: ProductOrder['key'],
  statement: Statement,
): string {
  const words = `${statement.bind(JSON.stringify(text.words))}::jsonb`;
  const code = `${statement.bind(text.code)}::text`;
  const typing = `${statement.bind(text.typing)}::boolean`;
  const plain = `search_plain(${statement.bind(text.plain)}::text)`;
  const other = `search_plain(${statement.bind(text.other)}::text)`;
  const where = conditions.map((condition) => `AND ${condition}`).join(' ');
  const byRank = key === 'rank';
  const columns = (value: string) => (byRank ? `p.id, ${value} AS rank` : `p.id, 0 AS rank, p.${key}`);
  return `
    WITH wanted AS MATERIALIZED (
      SELECT search_query(${words}, ${code}, ${typing}, false) AS wanted, ${plain} AS plain, ${plain} || ' ' AS beginning, ${other} AS other,
        plainto_tsquery('pg_catalog.russian', ${plain}) AS own,
        search_quote(search_code(${code}))::tsquery AS code
    ), exact AS MATERIALIZED (
      SELECT ${columns(rank)} FROM products p, wanted w
      WHERE p.search @@ (SELECT wanted FROM wanted) ${where}
    ), forgiven AS MATERIALIZED (
      SELECT search_query(${words}, ${code}, ${typing}, true) AS forgiven, plain FROM wanted
      WHERE (SELECT count(*) FROM (SELECT FROM exact LIMIT ${few}) enough) < ${few}
    ), near AS MATERIALIZED (
      SELECT ${columns(nearRank)} FROM products p, forgiven w
      WHERE p.search @@ (SELECT forgiven FROM forgiven) AND p.id NOT IN (SELECT id FROM exact) ${where}
    ), candidates AS MATERIALIZED (SELECT * FROM exact UNION ALL SELECT * FROM near)`;
}
