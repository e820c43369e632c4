import type { EntityManager } from 'typeorm';
import { newWords, words } from '../search/search-words.sql.ts';
import { Statement } from './statement.ts';

/** The columns of which the shop is the master. */
export interface ShopColumns {
  readonly switched_on?: boolean;
  readonly switched_off_reason?: string | null;
  readonly tags?: readonly string[];
  readonly image_order?: readonly string[];
  readonly name_override?: string | null;
  readonly description_override?: string | null;
  readonly price_override?: string | null;
  readonly currency_override?: string | null;
}

type ShopValues = Readonly<Record<string, unknown>>;

/** What was written: the values of the columns that were given. */
export interface ShopChange {
  readonly sku: string;
  readonly before: ShopValues;
  readonly after: ShopValues;
}

const types: Readonly<Record<keyof ShopColumns, string>> = {
  switched_on: 'boolean',
  switched_off_reason: 'text',
  tags: 'text[]',
  image_order: 'text[]',
  name_override: 'text',
  description_override: 'text',
  price_override: 'numeric(14, 2)',
  currency_override: 'text',
};

/** By what name each column is told of. */
const names: Readonly<Record<keyof ShopColumns, string>> = {
  switched_on: 'isAvailable',
  switched_off_reason: 'reason',
  tags: 'tags',
  image_order: 'imageOrder',
  name_override: 'name',
  description_override: 'description',
  price_override: 'price',
  currency_override: 'currency',
};

/** The columns as JSON, which must not make a float of a price. */
const told = (columns: readonly (keyof ShopColumns)[]): string =>
  `jsonb_build_object(${columns.map((name) => `'${names[name]}', ${name}${name === 'price_override' ? '::text' : ''}`).join(', ')})`;

/** What the shop itself says of its goods. */
export class ProductShopRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Writes the columns that are given, unless all are so already: then null. */
  async update(id: string, columns: ShopColumns): Promise<ShopChange | null> {
    const given = (Object.keys(types) as (keyof ShopColumns)[]).filter((name) => columns[name] !== undefined);
    if (given.length === 0) return null;
    const statement = new Statement();
    const values = given.map((name) => [name, `${statement.bind(columns[name])}::${types[name]}`] as const);
    const [change] = await this.#manager.query<ShopChange[]>(
      // The row is locked first, so that nobody changes it between its old values and its new ones.
      `WITH known AS (
         SELECT id AS known_id, ${told(given)} AS before FROM products WHERE id = ${statement.bind(id)} FOR NO KEY UPDATE
       ), changed AS (
         UPDATE products SET ${values.map(([name, value]) => `${name} = ${value}`).join(', ')}, updated_at = now()
         FROM known
         WHERE id = known_id AND (${values.map(([name, value]) => `${name} IS DISTINCT FROM ${value}`).join(' OR ')})
         RETURNING sku, before, ${told(given)} AS after, ${words('search')}
       ), learned AS (
         INSERT INTO search_words (word) ${newWords('SELECT words FROM changed')}
       )
       SELECT sku, before, after FROM changed`,
      statement.parameters,
    );
    return change ?? null;
  }
}
