import { columnsOf } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { TrackedProductEntity } from './tracked-product.entity.ts';

export interface TrackedProductSearch {
  readonly ownerId: string;
  readonly tagId?: string | undefined;
  readonly storeId?: string | undefined;
  readonly isFavourite?: boolean | undefined;
  /** What the name contains, as a pattern for ILIKE; or the SKU or barcode as it is. */
  readonly like?: string | undefined;
  readonly codes?: readonly string[] | undefined;
}

export type SortName = 'NEWEST' | 'NAME' | 'PRICE';

/** A product and the values that it is sorted by. */
export type SortedProduct = TrackedProductEntity & {
  readonly pageCurrency: string | null;
  readonly pagePrice: string | null;
};

/** A place in a list: the sort's values in the row it points behind. */
export type SortPlace = readonly string[];

interface SortOrder {
  readonly keys: readonly string[];
  readonly isDescending?: boolean;
  /** The same of the row at the cursor. */
  readonly place: string;
}

/** Behind all currencies: products without a price come last. */
export const lastCurrency = '~';

// What stands in a name or currency is compared byte by byte, as an index does, whatever the database's language.
const orders: Readonly<Record<SortName, SortOrder>> = {
  NEWEST: { keys: ['p.created_at', 'p.id'], place: '($7::timestamptz, $8::uuid)', isDescending: true },
  NAME: { keys: ['lower(p.name) COLLATE "C"', 'p.id'], place: '(lower($7::text) COLLATE "C", $8::uuid)' },
  PRICE: {
    keys: [`coalesce(u.currency, '${lastCurrency}') COLLATE "C"`, 'coalesce(u.price, 0)', 'p.id'],
    place: '($7::text COLLATE "C", $8::numeric, $9::uuid)',
  },
};

const from = `FROM tracked_products p LEFT JOIN tracked_urls u ON u.product_id = p.id AND u.is_primary
  WHERE p.owner_id = $1
    AND ($2::uuid IS NULL OR EXISTS (SELECT FROM tracked_product_tags t WHERE t.product_id = p.id AND t.tag_id = $2))
    AND ($3::uuid IS NULL OR EXISTS (SELECT FROM tracked_urls s WHERE s.product_id = p.id AND s.store_id = $3))
    AND ($4::boolean IS NULL OR p.is_favourite = $4)
    AND ($5::text IS NULL OR p.name ILIKE $5 OR p.sku = ANY($6::text[]) OR p.gtin = ANY($6::text[]))`;

const valuesOf = ({ ownerId, tagId, storeId, isFavourite, like, codes }: TrackedProductSearch): unknown[] => [
  ...[ownerId, tagId ?? null, storeId ?? null, isFavourite ?? null, like ?? null, codes ?? []],
];

/** Tracked products of one owner, by pages. */
export class TrackedProductListRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  list(search: TrackedProductSearch, sort: SortName, size: number, after?: SortPlace): Promise<SortedProduct[]> {
    const { keys, place, isDescending } = orders[sort];
    const direction = isDescending ? 'DESC' : 'ASC';
    const order = keys.map((key) => `${key} ${direction}`);
    const metadata = this.#manager.connection.getMetadata(TrackedProductEntity);
    const columns = columnsOf(metadata).replaceAll(/"(\w+)" AS/g, 'p."$1" AS');
    return this.#manager.query(
      `SELECT ${columns}, u.currency AS "pageCurrency", u.price AS "pagePrice" ${from}
       ${after ? `AND (${keys}) ${isDescending ? '<' : '>'} ${place}` : ''} ORDER BY ${order} LIMIT ${Number(size)}`,
      [...valuesOf(search), ...(after ?? [])],
    );
  }

  async count(search: TrackedProductSearch): Promise<number> {
    const [{ count }] = await this.#manager.query(`SELECT count(*)::int ${from}`, valuesOf(search));
    return count;
  }
}
