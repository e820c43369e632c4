import type { Offer } from '@gastronom/commerceml/offer';
import type { EntityManager } from 'typeorm';
import { pictureKey } from './file-name.ts';

type VariantRow = Pick<Offer, 'id' | 'name' | 'barcode' | 'article' | 'characteristic'>;

export type Variant = VariantRow;

/** What earlier exchanges told and later ones take for granted: characteristics of goods, and where pictures are. */
export class ExchangeKnownRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async listVariants(): Promise<Variant[]> {
    const rows = await this.#manager.query<Record<keyof Variant, string | null>[]>(
      'SELECT id, name, barcode, article, characteristic FROM exchange_variants ORDER BY id',
    );
    return rows.map(({ id, name, barcode, article, characteristic }) => ({
      id: id ?? '',
      name: name ?? undefined,
      barcode: barcode ?? undefined,
      article: article ?? undefined,
      characteristic: characteristic ?? undefined,
    }));
  }

  /** What a later offer leaves out stays as it was told before. */
  async upsertVariants(variants: readonly Variant[]): Promise<void> {
    if (variants.length === 0) return;
    const column = (key: keyof Variant) => variants.map((variant) => variant[key] ?? null);
    await this.#manager.query(
      `INSERT INTO exchange_variants AS known (id, name, barcode, article, characteristic)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
       ON CONFLICT (id) DO UPDATE SET name = coalesce(excluded.name, known.name),
         barcode = coalesce(excluded.barcode, known.barcode), article = coalesce(excluded.article, known.article),
         characteristic = coalesce(excluded.characteristic, known.characteristic)`,
      [column('id'), column('name'), column('barcode'), column('article'), column('characteristic')],
    );
  }

  /** A list of all offers has told what there is: other characteristics of the same goods are gone. */
  async deleteOtherVariants(ids: readonly string[]): Promise<void> {
    await this.#manager.query(
      `DELETE FROM exchange_variants
       WHERE split_part(id, '#', 1) IN (SELECT split_part(given, '#', 1) FROM unnest($1::text[]) AS given)
         AND id <> ALL ($1::text[])`,
      [ids],
    );
  }

  /** SKU of each of the goods by its Ид. */
  async listSkus(): Promise<Map<string, string>> {
    const rows = await this.#manager.query<{ id: string; sku: string }[]>('SELECT id, sku FROM exchange_skus');
    return new Map(rows.map(({ id, sku }) => [id, sku]));
  }

  async upsertSkus(skus: ReadonlyMap<string, string>): Promise<void> {
    if (skus.size === 0) return;
    await this.#manager.query(
      `INSERT INTO exchange_skus (id, sku) SELECT * FROM unnest($1::text[], $2::text[])
       ON CONFLICT (id) DO UPDATE SET sku = excluded.sku WHERE exchange_skus.sku <> excluded.sku`,
      [[...skus.keys()], [...skus.values()]],
    );
  }

  /** Hash of each picture by its name. */
  async listPictures(): Promise<Map<string, string>> {
    const rows = await this.#manager.query<{ name: string; sha256: string }[]>(
      'SELECT name, sha256 FROM exchange_pictures',
    );
    return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
  }

  async upsertPicture(name: string, sha256: string): Promise<void> {
    await this.#manager.query(
      `INSERT INTO exchange_pictures (name, sha256) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256`,
      [pictureKey(name), sha256],
    );
  }
}
