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

/** What the shop itself says of its goods. */
export class ProductShopRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Writes the columns that are given, unless all are so already; gives back the SKU of what was written. */
  async update(id: string, columns: ShopColumns): Promise<string[]> {
    const given = (Object.keys(types) as (keyof ShopColumns)[]).filter((name) => columns[name] !== undefined);
    if (given.length === 0) return [];
    const statement = new Statement();
    const values = given.map((name) => [name, `${statement.bind(columns[name])}::${types[name]}`] as const);
    const written: { sku: string }[] = await this.#manager.query(
      `WITH changed AS (
         UPDATE products SET ${values.map(([name, value]) => `${name} = ${value}`).join(', ')}, updated_at = now()
         WHERE id = ${statement.bind(id)}
           AND (${values.map(([name, value]) => `${name} IS DISTINCT FROM ${value}`).join(' OR ')})
         RETURNING sku, ${words('search')}
       ), learned AS (
         INSERT INTO search_words (word) ${newWords('SELECT words FROM changed')}
       )
       SELECT sku FROM changed`,
      statement.parameters,
    );
    return written.map(({ sku }) => sku);
  }
}
