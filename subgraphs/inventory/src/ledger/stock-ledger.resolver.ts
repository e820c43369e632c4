import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeIdCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { isStorable } from '@gastronom/shared/storable-text';
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { InventoryContext } from '../context.ts';
import type { WarehouseEntity } from '../warehouse/warehouse.entity.ts';
import { Warehouse } from '../warehouse/warehouse.type.ts';
import type { StockLedgerEntity } from './stock-ledger.entity.ts';
import { StockLedgerRepository } from './stock-ledger.repository.ts';
import { StockLedgerConnection, StockLedgerEntry } from './stock-ledger.type.ts';

const sort = 'stock-ledger';

interface LedgerPage extends Connection<StockLedgerEntity> {
  readonly sku: string;
}

@Resolver(() => StockLedgerEntry)
export class StockLedgerResolver {
  @Query(() => StockLedgerConnection, {
    description:
      'Every change of a good’s stock, in all warehouses, and of what is reserved of it, newest first. For staff.',
  })
  async stockLedger(
    @Ctx() { manager }: InventoryContext,
    @Arg('sku', () => String, { description: '1C’s nomenclature code. One never seen has no changes.' }) sku: string,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<LedgerPage> {
    const size = pageSize(first);
    const from = decodeIdCursor(after, sort);
    const rows = isStorable(sku) ? await new StockLedgerRepository(manager).list(sku, size + 1, from) : [];
    return { sku, ...toConnection(toPage(rows, size), (entry) => encodeCursor(sort, [entry.id]), after) };
  }

  @FieldResolver(() => String, { description: '1C’s nomenclature code of the good.' })
  sku(@Root() entry: StockLedgerEntity): string {
    return entry.productSku;
  }

  @FieldResolver(() => Warehouse, {
    nullable: true,
    description: 'Where it changed; null of a reservation, which is of no one warehouse.',
  })
  async warehouse(
    @Ctx() { loaders }: InventoryContext,
    @Root() { warehouseId }: StockLedgerEntity,
  ): Promise<WarehouseEntity | null> {
    return warehouseId === null ? null : loaders.warehouse.load(warehouseId);
  }
}

@Resolver(() => StockLedgerConnection)
export class StockLedgerConnectionResolver {
  @FieldResolver(() => Int, { description: 'How many changes there are. Counted only when asked for.' })
  totalCount(@Ctx() { manager }: InventoryContext, @Root() { sku }: LedgerPage): Promise<number> {
    return isStorable(sku) ? new StockLedgerRepository(manager).count(sku) : Promise.resolve(0);
  }
}
