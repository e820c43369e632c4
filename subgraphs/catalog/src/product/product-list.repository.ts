import { readQuickly } from '@gastronom/shared/database/read-quickly';
import type { EntityManager } from 'typeorm';
import type { ListedProduct } from './product.entity.ts';
import type { ProductCriteria } from './product-filter.ts';
import type { ProductOrder, ProductPlace } from './product-order.ts';
import { searchCandidates } from './product-search.sql.ts';
import { Statement } from './statement.ts';

export interface ProductListRequest {
  /** What is read of each of the goods. */
  readonly columns: string;
  readonly criteria: ProductCriteria;
  readonly order: ProductOrder;
  readonly size: number;
  readonly after: ProductPlace | null;
}

/**
 * So many rows are read of each part of a page, named in the text: only then does PostgreSQL see that one plan is good for
 * any values, and keeps it. Few different numbers, so that the texts are few.
 */
const partSizes = [11, 21, 25, 31, 51, 101];
const partSize = (size: number): number => partSizes.find((most) => most >= size) ?? size;

const belowCategory = (id: string) => `SELECT d.id FROM categories d WHERE d.path_ids @> ARRAY[${id}::uuid]`;

/** The conditions on one row `p`, all but text, category and whether it is hidden. */
function conditionsOf(criteria: ProductCriteria, offered: string, statement: Statement): string[] {
  const { available, minPrice, maxPrice, tag, barcodes } = criteria;
  const conditions: string[] = [];
  if (available !== null) conditions.push(available ? offered : `NOT ${offered}`);
  if (minPrice !== null) conditions.push(`p.sale_price >= ${statement.bind(minPrice)}::numeric`);
  if (maxPrice !== null) conditions.push(`p.sale_price <= ${statement.bind(maxPrice)}::numeric`);
  if (tag !== null) conditions.push(`p.tags @> ARRAY[${statement.bind(tag)}::text] AND p.tags <> '{}'`);
  if (barcodes !== null) conditions.push(`p.barcode = ANY(${statement.bind(barcodes)}::text[])`);
  return conditions;
}

const visible = 'p.hidden_reason IS NULL';
const hidden = 'p.hidden_reason IS NOT NULL';

/** The conditions where nothing is walked in order: one list of them for all goods. */
function plainConditions(criteria: ProductCriteria, statement: Statement): string[] {
  const conditions = conditionsOf(criteria, 'p.is_available', statement);
  if (!criteria.includeHidden) conditions.push(visible);
  if (criteria.categoryId !== null)
    conditions.push(`p.category_id IN (${belowCategory(statement.bind(criteria.categoryId))})`);
  return conditions;
}

const whereOf = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';

/** Where row `p` stands behind the place, among rows whose key is not null. */
function behind(order: ProductOrder, place: ProductPlace, statement: Statement): string {
  const key = `${statement.bind(place.key)}::${order.keyType}`;
  const id = `${statement.bind(place.id)}::uuid`;
  const sign = order.direction === 'ASC' ? '>' : '<';
  if (order.direction === order.idDirection) return `(p.${order.key}, p.id) ${sign} (${key}, ${id})`;
  return `(p.${order.key} ${sign} ${key} OR (p.${order.key} = ${key} AND p.id > ${id}))`;
}

/**
 * The parts that make up the order: rows with a key, then rows whose key is null. Apart, each is one walk along an
 * index; together, NULLS LAST in both directions would need an index for each.
 */
function stretchesOf(order: ProductOrder, after: ProductPlace | null, statement: Statement): string[][] {
  const filled = after && after.key !== null ? [behind(order, after, statement)] : [];
  if (!order.nullable) return [filled];
  const sign = order.direction === 'ASC' ? '>' : '<';
  const empty = [`p.${order.key} IS NULL`];
  if (after?.key === null) return [[...empty, `p.id ${sign} ${statement.bind(after.id)}::uuid`]];
  return [[`p.${order.key} IS NOT NULL`, ...filled], empty];
}

/** The page out of the goods themselves, along an index: goods that are not hidden, then, for staff, those that are. */
function browse({ criteria, order, size, after }: ProductListRequest, statement: Statement): string {
  const { categoryId, tag, barcodes, available } = criteria;
  const category = categoryId === null ? null : belowCategory(statement.bind(categoryId));
  // Of goods that are not hidden the switch decides alone: written so, the indexes that carry it serve.
  const conditions = conditionsOf(criteria, 'p.switched_on', statement);
  const sequence = `ORDER BY p.${order.key} ${order.direction}, p.id ${order.idDirection} LIMIT ${partSize(size)}`;
  const rows = (columns: string, more: readonly string[]) =>
    `SELECT ${columns} FROM products p ${whereOf([...conditions, ...more])} ${sequence}`;
  // A tag or barcodes are few rows wherever they are: no need to walk each category for them.
  const scattered = tag !== null || barcodes !== null;

  const parts = stretchesOf(order, after, statement).flatMap((stretch) => {
    const inCategory = category === null ? [] : [`p.category_id IN (${category})`];
    const walk =
      category === null || scattered
        ? rows('p.*', [visible, ...stretch, ...inCategory])
        : walkCategories(
            category,
            rows(`p.id, p.${order.key}`, [visible, 'p.category_id = d.id', ...stretch]),
            sequence,
          );
    if (!criteria.includeHidden || available === true) return [walk];
    const others = plainConditions({ ...criteria, includeHidden: true }, statement);
    return [walk, `SELECT p.* FROM products p ${whereOf([hidden, ...stretch, ...others])} ${sequence}`];
  });
  return parts.map((part) => `(${part})`).join(' UNION ALL ');
}

/** The first of each category's first rows, by keys alone; whole rows are read of those that the page shows. */
const walkCategories = (category: string, rows: string, sequence: string): string =>
  `SELECT whole.* FROM (
     SELECT p.id FROM (${category}) d CROSS JOIN LATERAL (${rows}) p ${sequence}
   ) page JOIN products whole ON whole.id = page.id`;

/** The page out of what a search found. */
function search({ order, size, after }: ProductListRequest, statement: Statement): string {
  const stretches = stretchesOf(order, after, statement).map(
    (stretch) =>
      `(SELECT p.id, p.rank FROM candidates p ${whereOf(stretch)}
        ORDER BY p.${order.key} ${order.direction}, p.id ${order.idDirection} LIMIT ${partSize(size)})`,
  );
  return `SELECT p.*, found.rank FROM (${stretches.join(' UNION ALL ')}) found JOIN products p ON p.id = found.id`;
}

function candidatesOf(criteria: ProductCriteria, key: ProductOrder['key'], statement: Statement): string {
  if (!criteria.text) return '';
  return searchCandidates(criteria.text, plainConditions(criteria, statement), key, statement);
}

/**
 * Whether the page is where a walk along an index begins: a search ranks all that it finds, and what few goods have may be
 * far along the way.
 */
const isShortWalk = ({ text, minPrice, maxPrice, tag, includeHidden, available }: ProductCriteria): boolean =>
  text === null && minPrice === null && maxPrice === null && tag === null && !includeHidden && available !== false;

/** What a cursor is made of, beyond the columns that are always there. */
const sortColumns: Readonly<Partial<Record<ProductOrder['key'], string>>> = {
  sort_name: ', p.sort_name AS "sortName"',
  rank: ', p.rank',
};

/** Lists of goods: each page is one statement, category path included. */
export class ProductListRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  list(request: ProductListRequest): Promise<ListedProduct[]> {
    const { columns, criteria, order, size } = request;
    const statement = new Statement();
    const limit = statement.bind(size);
    const candidates = candidatesOf(criteria, order.key, statement);
    const page = criteria.text ? search(request, statement) : browse(request, statement);
    const sorted = sortColumns[order.key] ?? '';
    const text = `${candidates} SELECT ${columns}${sorted} FROM (${page}) p LEFT JOIN categories c ON c.id = p.category_id
      ORDER BY p.${order.key} ${order.direction} NULLS LAST, p.id ${order.idDirection} LIMIT ${limit}`;
    return isShortWalk(criteria)
      ? readQuickly(this.#manager, text, statement.parameters)
      : this.#manager.query(text, statement.parameters);
  }

  async count(criteria: ProductCriteria): Promise<number> {
    const statement = new Statement();
    const candidates = candidatesOf(criteria, 'created_at', statement);
    const from = candidates ? 'candidates' : `products p ${whereOf(plainConditions(criteria, statement))}`;
    const [{ count }] = await this.#manager.query(
      `${candidates} SELECT count(*)::integer AS count FROM ${from}`,
      statement.parameters,
    );
    return count;
  }
}
