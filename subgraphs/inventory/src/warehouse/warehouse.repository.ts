import type { EntityManager } from 'typeorm';
import { WarehouseEntity } from './warehouse.entity.ts';

export type NewWarehouse = Pick<WarehouseEntity, 'name' | 'externalId' | 'address'> &
  Partial<Pick<WarehouseEntity, 'freshMinutes'>>;
export type WarehouseChange = Partial<Pick<WarehouseEntity, 'name' | 'address' | 'isDefault' | 'freshMinutes'>>;

export interface WarehouseSummaryRow {
  readonly warehouseId: string;
  readonly goods: number;
  readonly inStock: number;
  readonly negative: number;
  readonly parked: number;
  readonly asOf: Date | null;
}

export class WarehouseRepository {
  readonly #manager: EntityManager;
  readonly #warehouses;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#warehouses = manager.getRepository(WarehouseEntity);
  }

  findById(id: string): Promise<WarehouseEntity | null> {
    return this.#warehouses.findOneBy({ id });
  }

  findByIds(ids: readonly string[]): Promise<WarehouseEntity[]> {
    return this.#warehouses
      .createQueryBuilder('warehouse')
      .where('warehouse.id = ANY(:ids::bigint[])', { ids })
      .getMany();
  }

  /** Every warehouse, oldest first. A shop has a handful. */
  listAll(): Promise<WarehouseEntity[]> {
    return this.#warehouses.find({ order: { id: 'ASC' } });
  }

  /** Oldest first, from behind the warehouse at the cursor. */
  list(size: number, after?: string): Promise<WarehouseEntity[]> {
    const query = this.#warehouses.createQueryBuilder('warehouse').orderBy('warehouse.id', 'ASC').take(size);
    if (after) query.where('warehouse.id > :after::bigint', { after });
    return query.getMany();
  }

  count(): Promise<number> {
    return this.#warehouses.count();
  }

  /**
   * Locks warehouses, in the order of their ids, until the transaction ends, and gives them back. Whoever writes stock
   * holds its warehouse: two batches never see half of each other, and never wait for each other in a circle.
   * @param ids every warehouse when left out.
   */
  lock(ids?: readonly string[]): Promise<WarehouseEntity[]> {
    const query = this.#warehouses
      .createQueryBuilder('warehouse')
      .orderBy('warehouse.id', 'ASC')
      // Other transactions may go on referring to the warehouse.
      .setLock('for_no_key_update');
    if (ids) query.where('warehouse.id = ANY(:ids::bigint[])', { ids });
    return query.getMany();
  }

  /** Makes warehouses, in the order given; one whose external id is taken meanwhile is left out. */
  async insertIfNew(warehouses: readonly NewWarehouse[]): Promise<WarehouseEntity[]> {
    return this.#manager.query(
      `INSERT INTO warehouses (name, external_id_1c, address, fresh_minutes)
       SELECT name, "externalId", address, "freshMinutes"
       FROM json_to_recordset($1::json) AS given(name text, "externalId" text, address text, "freshMinutes" numeric)
       ON CONFLICT (external_id_1c) DO NOTHING
       RETURNING id, name, external_id_1c AS "externalId", address, is_default AS "isDefault",
         complete_as_of AS "completeAsOf", complete_source AS "completeSource", fresh_minutes AS "freshMinutes",
         created_at AS "createdAt"`,
      [JSON.stringify(warehouses)],
    );
  }

  async update(id: string, change: WarehouseChange): Promise<void> {
    if (Object.keys(change).length > 0) await this.#warehouses.update({ id }, change);
  }

  /** Names and addresses of many, in one statement. */
  async updateMany(warehouses: readonly Pick<WarehouseEntity, 'id' | 'name' | 'address'>[]): Promise<void> {
    await this.#manager.query(
      `UPDATE warehouses AS warehouse SET name = given.name, address = given.address
       FROM json_to_recordset($1::json) AS given(id bigint, name text, address text)
       WHERE warehouse.id = given.id`,
      [JSON.stringify(warehouses)],
    );
  }

  /** Takes the default away from whichever warehouse has it, so that another can. */
  async clearDefault(): Promise<void> {
    await this.#warehouses.update({ isDefault: true }, { isDefault: false });
  }

  summaries(ids: readonly string[]): Promise<WarehouseSummaryRow[]> {
    return this.#manager.query(
      `SELECT warehouse.id AS "warehouseId", coalesce(counted.goods, 0) AS goods,
         coalesce(counted.in_stock, 0) AS "inStock", coalesce(counted.negative, 0) AS negative,
         coalesce(counted.parked, 0) AS parked,
         greatest(counted.synced_at, warehouse.complete_as_of, observed.observed_at) AS "asOf"
       FROM warehouses AS warehouse
       LEFT JOIN (
         SELECT warehouse_id, count(*)::int AS goods, max(synced_at) AS synced_at,
           count(*) FILTER (WHERE quantity > 0)::int AS in_stock,
           count(*) FILTER (WHERE quantity < 0)::int AS negative,
           count(*) FILTER (WHERE parked)::int AS parked
         FROM warehouse_stocks WHERE warehouse_id = ANY($1::bigint[]) GROUP BY warehouse_id
       ) AS counted ON counted.warehouse_id = warehouse.id
       LEFT JOIN LATERAL (
         SELECT observed_at FROM sync_observations WHERE warehouse_id = warehouse.id ORDER BY observed_at DESC LIMIT 1
       ) AS observed ON true
       WHERE warehouse.id = ANY($1::bigint[])`,
      [ids],
    );
  }
}
