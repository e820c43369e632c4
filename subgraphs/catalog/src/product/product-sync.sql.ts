/** The columns of which 1C is the master; `searched` ones are part of the search document. */
export const storedColumns = [
  { name: 'barcode', type: 'text', searched: true },
  { name: 'name', type: 'text', searched: true },
  { name: 'description', type: 'text', searched: true },
  { name: 'brand', type: 'text', searched: true },
  { name: 'category_id', type: 'uuid', searched: true },
  { name: 'price', type: 'numeric(14, 2)', searched: false },
  { name: 'currency', type: 'text', searched: false },
  { name: 'weight_grams', type: 'numeric(12, 3)', searched: false },
  { name: 'unit', type: 'text', searched: false },
  { name: 'energy_kcal', type: 'numeric(10, 3)', searched: false },
  { name: 'carbohydrates', type: 'numeric(10, 3)', searched: false },
  { name: 'fat', type: 'numeric(10, 3)', searched: false },
  { name: 'proteins', type: 'numeric(10, 3)', searched: false },
  { name: 'sugars', type: 'numeric(10, 3)', searched: false },
  { name: 'image_urls', type: 'text[]', searched: false },
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

const stamps = 'source = $2, observed_at = $3::timestamptz, last_synced_at = now(), updated_at = now()';
const otherwise = `${assigned(others)}, hidden_reason = n.hidden_reason, ${stamps}`;

/**
 * A batch in one statement: $1 the rows as JSON, $2 the source, $3 the moment of observation. Rows that differ in
 * nothing are not written. Those that differ in nothing searched are written apart, for PostgreSQL computes generated
 * columns anew whenever a column under them is assigned, and the search document is the dear one.
 */
export const writeProducts = `
  WITH input AS MATERIALIZED (
    SELECT i.*, coalesce(array_to_string(c.path_names, ' '), '') AS category_names
    FROM json_to_recordset($1::json) AS i (
      id uuid, sku text, removed boolean, given integer, ${storedColumns.map(({ name, type }) => `${name} ${type}`).join(', ')}
    ) LEFT JOIN categories c ON c.id = i.category_id
  ), changes AS MATERIALIZED (
    SELECT p.id, i.sku, ${storedColumns.map(merged).join(', ')},
      CASE WHEN ${given(storedColumns[4])} THEN i.category_names ELSE p.category_names END AS category_names,
      CASE WHEN i.removed THEN coalesce(p.hidden_reason, 'REMOVED') END AS hidden_reason,
      (i.sku <> p.sku OR ${searched.map(isNew).join(' OR ')}) AS text_changed
    FROM input i JOIN products p ON p.id = i.id
    WHERE i.sku <> p.sku OR (p.hidden_reason IS NULL) = i.removed OR ${storedColumns.map(isNew).join(' OR ')}
  ), rewritten AS (
    UPDATE products p SET sku = n.sku, ${assigned(searched)}, category_names = n.category_names, ${otherwise}
    FROM changes n WHERE p.id = n.id AND n.text_changed RETURNING p.id, p.sku
  ), touched AS (
    UPDATE products p SET ${otherwise}
    FROM changes n WHERE p.id = n.id AND NOT n.text_changed RETURNING p.id, p.sku
  ), made AS (
    INSERT INTO products (sku, category_names, source, observed_at, ${names(storedColumns)})
    SELECT sku, category_names, $2, $3::timestamptz, ${names(storedColumns)} FROM input WHERE id IS NULL
    RETURNING id, sku
  )
  SELECT id, sku, true AS created, true AS "textChanged" FROM made
  UNION ALL SELECT id, sku, false, true FROM rewritten
  UNION ALL SELECT id, sku, false, false FROM touched`;
