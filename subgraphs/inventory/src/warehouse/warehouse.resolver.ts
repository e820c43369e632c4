import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeIdCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { isBigintId } from '@gastronom/shared/id';
import { Json } from '@gastronom/shared/scalars';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { InventoryContext } from '../context.ts';
import { parseInternal } from '../parse.ts';
import type { RowResult } from '../row-result.ts';
import type { WarehouseEntity } from './warehouse.entity.ts';
import { CreateWarehouseInput, UpdateWarehouseInput } from './warehouse.inputs.ts';
import { WarehouseRepository, type WarehouseSummaryRow } from './warehouse.repository.ts';
import { type WarehouseOutcome, WarehouseService } from './warehouse.service.ts';
import { Warehouse, WarehouseConnection, WarehousePayload, WarehouseSummary } from './warehouse.type.ts';
import { warehouseBatchSchema } from './warehouse-batch.ts';

const sort = 'warehouses';

@Resolver(() => Warehouse)
export class WarehouseResolver {
  @Query(() => WarehouseConnection, { description: 'Warehouses, oldest first. For staff.' })
  async warehouses(
    @Ctx() { manager }: InventoryContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<Connection<WarehouseEntity>> {
    const size = pageSize(first);
    const rows = await new WarehouseRepository(manager).list(size + 1, decodeIdCursor(after, sort));
    return toConnection(toPage(rows, size), (warehouse) => encodeCursor(sort, [warehouse.id]), after);
  }

  @Query(() => Warehouse, { nullable: true, description: 'One warehouse; null when there is none. For staff.' })
  async warehouse(
    @Ctx() { loaders }: InventoryContext,
    @Arg('id', () => ID, { description: 'Our own number of it, not what 1C calls it.' }) id: string,
  ): Promise<WarehouseEntity | null> {
    return isBigintId(id) ? loaders.warehouse.load(id) : null;
  }

  @FieldResolver(() => WarehouseSummary, { description: 'What lies here, counted, and how new that knowledge is.' })
  summary(@Ctx() { loaders }: InventoryContext, @Root() warehouse: WarehouseEntity): Promise<WarehouseSummaryRow> {
    return loaders.warehouseSummary.load(warehouse.id);
  }

  @Mutation(() => WarehousePayload, { description: 'Makes a warehouse. For staff.' })
  createWarehouse(
    @Ctx() context: InventoryContext,
    @Arg('input', () => CreateWarehouseInput, { description: 'The warehouse to be made.' }) input: CreateWarehouseInput,
  ): Promise<WarehouseOutcome> {
    return new WarehouseService(context).create(input);
  }

  @Mutation(() => WarehousePayload, {
    description:
      'Changes the name, the address, the default or the lifetime of counts. A later `syncWarehouses` may rename it again. For staff.',
  })
  async updateWarehouse(
    @Ctx() context: InventoryContext,
    @Arg('input', () => UpdateWarehouseInput, { description: 'What is to change.' }) input: UpdateWarehouseInput,
  ): Promise<WarehouseOutcome> {
    const { id, name, address, isDefault, freshMinutes } = input;
    return new WarehouseService(context).update(isBigintId(id) ? id : '0', {
      ...(name === undefined ? {} : { name: name ?? '' }),
      ...(address === undefined ? {} : { address }),
      ...(isDefault == null ? {} : { isDefault }),
      ...(freshMinutes === undefined ? {} : { freshMinutes }),
    });
  }

  @Directive('@inaccessible')
  @Query(() => Json, {
    description: 'Every warehouse as `{ id, externalId, name, isDefault }`, oldest first. For integrations.',
  })
  async warehouseDirectory(@Ctx() { manager }: InventoryContext): Promise<object[]> {
    const warehouses = await new WarehouseRepository(manager).listAll();
    return warehouses.map(({ id, externalId, name, isDefault }) => ({ id, externalId, name, isDefault }));
  }

  @Directive('@inaccessible')
  @Mutation(() => Json, { description: 'Makes and renames warehouses as 1C names them. For integrations.' })
  applyWarehouses(
    @Ctx() context: InventoryContext,
    @Arg('batch', () => Json, { description: '`{ rows: [{ index, externalId, name, address }] }`.' }) batch: unknown,
  ): Promise<RowResult[]> {
    const { rows } = parseInternal(warehouseBatchSchema, batch, 'batch of warehouses');
    return new WarehouseService(context).apply(rows);
  }
}

@Resolver(() => WarehouseConnection)
export class WarehouseConnectionResolver {
  @FieldResolver(() => Int, { description: 'How many warehouses there are. Counted only when asked for.' })
  totalCount(@Ctx() { manager }: InventoryContext): Promise<number> {
    return new WarehouseRepository(manager).count();
  }
}
