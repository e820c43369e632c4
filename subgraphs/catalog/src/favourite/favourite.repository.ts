import { selectQuickly } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { FavouriteEntity } from './favourite.entity.ts';

/** One person’s favourites: every statement names the person. */
export class FavouriteRepository {
  readonly #manager: EntityManager;
  readonly #userId: string;

  constructor(manager: EntityManager, userId: string) {
    this.#manager = manager;
    this.#userId = userId;
  }

  /** Last added first, from behind the favourite at the cursor. */
  list(size: number, after?: { addedAt: string; productId: string }): Promise<FavouriteEntity[]> {
    const query = this.#manager
      .getRepository(FavouriteEntity)
      .createQueryBuilder('favourite')
      .where('favourite.userId = :userId', { userId: this.#userId })
      .orderBy('favourite.addedAt', 'DESC')
      .addOrderBy('favourite.productId', 'DESC')
      .take(size);
    if (after)
      query.andWhere('(favourite.addedAt, favourite.productId) < (:addedAt::timestamptz, :productId::uuid)', after);
    return query.getMany();
  }

  count(): Promise<number> {
    return this.#manager.countBy(FavouriteEntity, { userId: this.#userId });
  }

  listAmong(productIds: readonly string[]): Promise<FavouriteEntity[]> {
    const among = 'WHERE user_id = $1 AND product_id = ANY($2::uuid[])';
    return selectQuickly(this.#manager, FavouriteEntity, among, [this.#userId, productIds]);
  }

  /** Adds it unless it is there; tells whether it is there now, which a full list prevents. */
  async add(productId: string, most: number): Promise<boolean> {
    const [{ there }] = await this.#manager.query(
      `WITH added AS (
         INSERT INTO favourites (user_id, product_id)
         SELECT $1, $2 WHERE (SELECT count(*) FROM favourites WHERE user_id = $1) < $3
         ON CONFLICT DO NOTHING RETURNING 1
       )
       SELECT EXISTS (SELECT FROM added)
         OR EXISTS (SELECT FROM favourites WHERE user_id = $1 AND product_id = $2) AS there`,
      [this.#userId, productId, most],
    );
    return there;
  }

  async remove(productId: string): Promise<void> {
    await this.#manager.delete(FavouriteEntity, { userId: this.#userId, productId });
  }
}
