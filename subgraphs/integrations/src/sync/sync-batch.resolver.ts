import { GivesWay } from '@gastronom/shared/gives-way-tag.directive';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { IntegrationsContext } from '../context.ts';
import { applyCategories, applyWarehouses } from './apply-directories.ts';
import { applyProducts } from './apply-products.ts';
import { applyStocks } from './apply-stocks.ts';
import { SyncCategoriesInput, SyncProductsInput, SyncStocksInput, SyncWarehousesInput } from './sync.inputs.ts';
import { type SyncAnswer, SyncBatchService } from './sync-batch.service.ts';
import { readCall } from './sync-call.ts';
import { SyncPayload } from './sync-payload.type.ts';

const inputText = 'The batch.';

@Resolver()
export class SyncBatchResolver {
  @GivesWay()
  @Mutation(() => SyncPayload, {
    description:
      'Brings goods as 1C has them: new ones are made, known ones changed, what the shop owns is not touched. A bad row is rejected and harms no other. For API keys with `sync:write`.',
  })
  syncProducts(
    @Ctx() context: IntegrationsContext,
    @Arg('input', () => SyncProductsInput, { description: inputText }) input: SyncProductsInput,
  ): Promise<SyncAnswer> {
    const call = readCall('PRODUCTS', input);
    return new SyncBatchService(context).submit(call, applyProducts(context, input.items));
  }

  @GivesWay()
  @Mutation(() => SyncPayload, {
    description:
      'Brings counts of goods in one warehouse. Stock of goods that the catalogue does not know is PARKED until they come. For API keys with `sync:write`.',
  })
  syncStocks(
    @Ctx() context: IntegrationsContext,
    @Arg('input', () => SyncStocksInput, { description: inputText }) input: SyncStocksInput,
  ): Promise<SyncAnswer> {
    const call = readCall('STOCKS', input);
    return new SyncBatchService(context).submit(call, applyStocks(context, input.warehouse, input.items));
  }

  @GivesWay()
  @Mutation(() => SyncPayload, {
    description:
      'Brings groups of goods: their names, order and place in the tree. Needed only where 1C’s own ids or order matter; `categoryPath` of goods makes groups too. For API keys with `sync:write`.',
  })
  syncCategories(
    @Ctx() context: IntegrationsContext,
    @Arg('input', () => SyncCategoriesInput, { description: inputText }) input: SyncCategoriesInput,
  ): Promise<SyncAnswer> {
    const call = readCall('CATEGORIES', input);
    return new SyncBatchService(context).submit(call, applyCategories(context, input.items));
  }

  @GivesWay()
  @Mutation(() => SyncPayload, {
    description:
      'Declares the warehouses that an export names, so that stock of them is taken. For API keys with `sync:write`.',
  })
  syncWarehouses(
    @Ctx() context: IntegrationsContext,
    @Arg('input', () => SyncWarehousesInput, { description: inputText }) input: SyncWarehousesInput,
  ): Promise<SyncAnswer> {
    const call = readCall('WAREHOUSES', input);
    return new SyncBatchService(context).submit(call, applyWarehouses(context, input.items));
  }
}
