import { newWords, words } from '../search/search-words.sql.ts';

/** The columns of which 1C is the master; `searched` ones are part of the search document. */
export const storedColumns = [
  { name: 'barcode', type: 'text', searched: true },
  { name: 'name', type: 'text', searched: true },
  { name: 'description', type: 'text', searched: true },
  { name: 'brand', type: 'text', searched: true },
  { name: 'category_id', type: 'uuid', searched: true },
  { name: 'price', type: 'numeric(14, 2)', searched: false },
  { name: 'currency', type: 'text', searched: false },
  { name: 'weight_grams', type: 'numeric(14, 3)', searched: false },
  { name: 'unit', type: 'text', searched: false },
  { name: 'energy_kcal', type: 'numeric(14, 3)', searched: false },
  { name: 'carbohydrates', type: 'numeric(14, 3)', searched: false },
  { name: 'fat', type: 'numeric(14, 3)', searched: false },
  { name: 'proteins', type: 'numeric(14, 3)', searched: false },
  { name: 'sugars', type: 'numeric(14, 3)', searched: false },
  { name: 'image_urls', type: 'text', searched: false },
] as const;

type StoredColumn = (typeof storedColumns)[number];

const bit = (column: StoredColumn): number => 1 << storedColumns.indexOf(column);
const given = (column: StoredColumn): string => `i.given & ${bit(column)} <> 0`;
const isNew = (column: StoredColumn): string =>
  `(${given(column)} AND i.${column.name} IS DISTINCT FROM p.${column.name})`;
const merged = (column: StoredColumn): string =>
  `CASE WHEN ${given(column)} THEN i.${column.name} ELSE p.${column.name} END AS ${column.name}`;

const searched = storedColumns.filter((column) => column.searched);
const others = storedColumns.filter((column) => !column.searched);
const names = (columns: readonly StoredColumn[]): string => columns.map(({ name }) => name).join(', ');
const assigned = (columns: readonly StoredColumn[]): string =>
  columns.map(({ name }) => `${name} = n.${name}`).join(', ');

const stamps = 'source = $1, observed_at = $2::timestamptz, last_synced_at = now(), updated_at = now()';
const otherwise = `${assigned(others)}, hidden_reason = n.hidden_reason, ${stamps}`;

/** Between the URLs of one row: an array of arrays would have to be as long in every row. */
export const urlSeparator = '\u001f';

const read = ({ name }: StoredColumn): string =>
  name === 'image_urls' ? `string_to_array(r.image_urls, '${urlSeparator}') AS image_urls` : `r.${name}`;

/** What `writeProducts` takes, in the order of its parameters: one array for each column of the rows. */
export const inputColumns: readonly { readonly name: string; readonly type: string }[] = [
  { name: 'id', type: 'uuid' },
  { name: 'sku', type: 'text' },
  { name: 'removed', type: 'boolean' },
  { name: 'given', type: 'integer' },
  ...storedColumns,
];

/**
 * A batch in one statement: $1 the source, $2 the moment of observation, then the rows, column by column (as JSON they
 * would cost PostgreSQL as much to read as to compare). Rows that differ in nothing are not written. Those that differ
 * in nothing searched are written apart, for PostgreSQL computes generated columns anew whenever a column under them is
 * assigned, and the search document is the dear one. Words new to the catalogue go in in one order, so that they
 * cannot deadlock.
 */
export const writeProducts = `
  WITH input AS MATERIALIZED (
    SELECT r.id, r.sku, r.removed, r.given, ${storedColumns.map(read).join(', ')},
      coalesce(array_to_string(c.path_names, ' '), '') AS category_names
    FROM unnest(${inputColumns.map(({ type }, n) => `$${n + 3}::${type}[]`).join(', ')})
      AS r (${inputColumns.map(({ name }) => name).join(', ')})
    LEFT JOIN categories c ON c.id = r.category_id
  ), changes AS MATERIALIZED (
    SELECT p.id, i.sku, ${storedColumns.map(merged).join(', ')},
      CASE WHEN ${given(storedColumns[4])} THEN i.category_names ELSE p.category_names END AS category_names,
      CASE WHEN i.removed THEN coalesce(p.hidden_reason, 'REMOVED') END AS hidden_reason,
      (i.sku <> p.sku OR ${searched.map(isNew).join(' OR ')}) AS text_changed,
      (i.sku <> p.sku OR (p.hidden_reason IS NULL) = i.removed OR ${isNew(storedColumns[4])}) AS offer_changed
    FROM input i JOIN products p ON p.id = i.id
    WHERE i.sku <> p.sku OR (p.hidden_reason IS NULL) = i.removed OR ${storedColumns.map(isNew).join(' OR ')}
  ), rewritten AS (
    UPDATE products p SET sku = n.sku, ${assigned(searched)}, category_names = n.category_names, ${otherwise}
    FROM changes n WHERE p.id = n.id AND n.text_changed
    RETURNING p.id, p.sku, n.offer_changed, ${words('p.search')}
  ), touched AS (
    UPDATE products p SET ${otherwise}
    FROM changes n WHERE p.id = n.id AND NOT n.text_changed RETURNING p.id, p.sku, n.offer_changed
  ), made AS (
    INSERT INTO products (sku, category_names, source, observed_at, ${names(storedColumns)})
    SELECT sku, category_names, $1, $2::timestamptz, ${names(storedColumns)} FROM input WHERE id IS NULL
    RETURNING id, sku, ${words('search')}
  ), learned AS (
    INSERT INTO search_words (word) ${newWords('SELECT words FROM made UNION ALL SELECT words FROM rewritten')}
  )
  SELECT id, sku, true AS created, false AS "offerChanged" FROM made
  UNION ALL SELECT id, sku, false, offer_changed FROM rewritten
  UNION ALL SELECT id, sku, false, offer_changed FROM touched`;
