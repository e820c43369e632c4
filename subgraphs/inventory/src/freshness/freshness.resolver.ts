import { isBigintId } from '@gastronom/shared/id';
import { Json } from '@gastronom/shared/scalars';
import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { InventoryContext } from '../context.ts';
import { parseInternal } from '../parse.ts';
import type { WarehouseEntity } from '../warehouse/warehouse.entity.ts';
import type { WarehouseOutcome } from '../warehouse/warehouse.service.ts';
import { Warehouse, WarehousePayload } from '../warehouse/warehouse.type.ts';
import { WarehouseFreshness } from './freshness.type.ts';
import { RefreshService } from './refresh.service.ts';
import { refreshReportSchema } from './refresh-report.ts';
import { circuitOf, putOffUntil, RefreshCircuit } from './refresh-rules.ts';

@Resolver(() => Warehouse)
export class FreshnessResolver {
  @FieldResolver(() => WarehouseFreshness, {
    nullable: true,
    description: 'How new the counts here are, and how asking 1C for newer ones goes.',
  })
  async freshness(
    @Ctx() context: InventoryContext,
    @Root() { id }: WarehouseEntity,
  ): Promise<WarehouseFreshness | null> {
    const { loaders, settings, clock } = context;
    const row = await loaders.freshness.load(id);
    if (!row) return null;
    const { asOf, freshMinutes, refresh, breaker } = row;
    const now = new Date(clock());
    const lifetimeMinutes = freshMinutes ?? settings.freshMs / 60_000;
    const putOff = putOffUntil(refresh, breaker);
    return {
      asOf,
      isStale: asOf === null || now.getTime() - asOf.getTime() > lifetimeMinutes * 60_000,
      lifetimeMinutes,
      requestedAt: refresh.requestedAt,
      answeredAt: refresh.answeredAt,
      nextAttemptAt: putOff > now.getTime() ? new Date(putOff) : null,
      consecutiveFailures: refresh.failures,
      lastFailure: refresh.lastFailure,
      circuit: settings.refresh ? circuitOf(breaker, now) : RefreshCircuit.OFF,
    };
  }

  @Mutation(() => WarehousePayload, {
    description:
      'Asks 1C for the counts of a warehouse now, whatever became of earlier requests; a request that is on its way is as good. No sooner after the last one than STOCK_REFRESH_FLOOR_SECONDS (60), and while 1C fails no two at once. For staff.',
  })
  async refreshWarehouse(
    @Ctx() context: InventoryContext,
    @Arg('id', () => ID, { description: 'Our own number of the warehouse.' }) id: string,
  ): Promise<WarehouseOutcome> {
    const userErrors = await new RefreshService(context).askNow(isBigintId(id) ? id : '0');
    return { warehouse: userErrors.length > 0 ? null : await context.loaders.warehouse.load(id), userErrors };
  }

  @Directive('@inaccessible')
  @Mutation(() => Json, {
    description:
      'Notes how a request to 1C went; answers `{ noted }`, false for a request that is past already. For integrations.',
  })
  async reportStockRefresh(
    @Ctx() context: InventoryContext,
    @Arg('input', () => Json, {
      description: '`{ warehouseId, requestedAt, outcome: "ACCEPTED" | "FAILED" | "ANSWERED", reason? }`.',
    })
    input: unknown,
  ): Promise<{ noted: boolean }> {
    const report = parseInternal(refreshReportSchema, input, 'report of a stock refresh');
    return { noted: await new RefreshService(context).report(report) };
  }
}
