import type { EntityManager } from 'typeorm';
import type { SearchText } from '../search/search-text.ts';
import type { SearchSuggestion } from './suggestion.type.ts';

/** How many goods are looked at: a letter or two fit most of the catalogue, and nobody reads so far. */
const sample = 200;

/**
 * Goods whose names begin like the text, then others that a search finds; when there are none, typing errors are
 * forgiven. Their names, brands and categories are offered where these themselves fit the text.
 */
const suggestions = `
  WITH typed AS MATERIALIZED (
    SELECT search_query($1::jsonb, NULL, true, false) AS wanted, search_plain($2) AS plain
  ), beginning AS MATERIALIZED (
    SELECT p.display_name, p.brand, p.category_id FROM products p
    WHERE p.hidden_reason IS NULL AND p.sort_name >= (SELECT plain FROM typed)
      AND p.sort_name < (SELECT plain FROM typed) || U&'\\+10FFFF'
    ORDER BY p.sort_name, p.id LIMIT ${sample}
  ), containing AS MATERIALIZED (
    SELECT p.display_name, p.brand, p.category_id FROM products p
    WHERE p.hidden_reason IS NULL AND p.search @@ (SELECT wanted FROM typed) LIMIT ${sample}
  ), corrected AS MATERIALIZED (
    SELECT search_query($1::jsonb, NULL, true, true) AS wanted WHERE NOT EXISTS (SELECT FROM beginning UNION ALL SELECT FROM containing)
  ), near AS MATERIALIZED (
    SELECT p.display_name, p.brand, p.category_id FROM products p
    WHERE p.hidden_reason IS NULL AND p.search @@ (SELECT wanted FROM corrected) LIMIT ${sample}
  ), goods AS MATERIALIZED (
    SELECT * FROM beginning UNION ALL SELECT * FROM containing UNION ALL SELECT * FROM near
  ), fitting AS MATERIALIZED (
    SELECT coalesce((SELECT wanted FROM corrected), (SELECT wanted FROM typed)) AS wanted, plain FROM typed
  ), named AS (
    SELECT display_name AS text, 'PRODUCT' AS kind, 2 AS place, count(*) AS goods FROM goods GROUP BY display_name
    UNION ALL SELECT brand, 'BRAND', 1, count(*) FROM goods WHERE brand IS NOT NULL GROUP BY brand
    UNION ALL SELECT a.name, 'CATEGORY', 0, count(*)
    FROM (SELECT DISTINCT category_id FROM goods) g JOIN categories c ON c.id = g.category_id
    JOIN categories a ON a.id = ANY (c.path_ids) GROUP BY a.name
  ), fit AS (
    SELECT n.*, search_plain(n.text) ^@ f.plain AS begins, lower(n.text) AS same FROM named n, fitting f
    WHERE search_plain(n.text) ^@ f.plain OR to_tsvector('pg_catalog.russian', search_plain(n.text)) @@ f.wanted
  ), best AS (
    SELECT DISTINCT ON (same) * FROM fit ORDER BY same, place, text
  )
  SELECT text, kind FROM best ORDER BY begins DESC, place, length(text), text LIMIT $3`;

/** What a search box may offer. */
export class SuggestionRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  list({ words, plain }: SearchText, size: number): Promise<SearchSuggestion[]> {
    return this.#manager.query(suggestions, [JSON.stringify(words), plain, size]);
  }
}
