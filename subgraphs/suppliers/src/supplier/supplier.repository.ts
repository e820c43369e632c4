import { selectQuickly } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { SupplierEntity } from './supplier.entity.ts';
import type { SupplierValues } from './supplier.rules.ts';

export interface SupplierSearch {
  /** What the name contains; a pattern for ILIKE. */
  readonly like?: string | undefined;
}

/** A place in the list by name. */
export interface SupplierPlace {
  readonly name: string;
  readonly id: string;
}

export class SupplierRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  byIds(ids: readonly string[]): Promise<SupplierEntity[]> {
    return selectQuickly(this.#manager, SupplierEntity, 'WHERE id = ANY($1::uuid[])', [ids]);
  }

  findOf(organizationId: string): Promise<SupplierEntity | null> {
    return this.#manager.findOneBy(SupplierEntity, { organizationId });
  }

  /** Locked until the transaction ends: one changes it, or its offers, at a time. */
  lock(id: string): Promise<SupplierEntity | null> {
    return this.#manager.findOne(SupplierEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  /** Those that trade, by name, from behind the one at the cursor. */
  list(search: SupplierSearch, size: number, after?: SupplierPlace): Promise<SupplierEntity[]> {
    const query = this.#search(search)
      .orderBy('lower(supplier.name) COLLATE "C"', 'ASC')
      .addOrderBy('supplier.id', 'ASC')
      .limit(size);
    if (after)
      query.andWhere(
        '(lower(supplier.name) COLLATE "C", supplier.id) > (lower(:name::text) COLLATE "C", :id::uuid)',
        after,
      );
    return query.getMany();
  }

  count(search: SupplierSearch): Promise<number> {
    return this.#search(search).getCount();
  }

  #search({ like }: SupplierSearch) {
    const query = this.#manager.createQueryBuilder(SupplierEntity, 'supplier').where('supplier.isActive');
    return like === undefined ? query : query.andWhere('supplier.name ILIKE :like', { like });
  }

  /** Null where the organization is a supplier already. */
  async insert(
    values: SupplierValues & Pick<SupplierEntity, 'name' | 'organizationId'>,
  ): Promise<SupplierEntity | null> {
    const { raw } = await this.#manager
      .createQueryBuilder()
      .insert()
      .into(SupplierEntity)
      .values(values)
      .orIgnore()
      .returning('id')
      .execute();
    const [made] = raw as { id: string }[];
    return made ? this.#manager.findOneByOrFail(SupplierEntity, { id: made.id }) : null;
  }

  async update({ id }: SupplierEntity, values: SupplierValues): Promise<SupplierEntity> {
    if (Object.keys(values).length > 0) await this.#manager.update(SupplierEntity, { id }, values);
    return this.#manager.findOneByOrFail(SupplierEntity, { id });
  }

  async hasPrices(id: string): Promise<boolean> {
    const [{ has }] = await this.#manager.query(
      `SELECT EXISTS (SELECT FROM offer_prices p JOIN offers o ON o.id = p.offer_id WHERE o.supplier_id = $1) AS has`,
      [id],
    );
    return has;
  }
}
