import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { InventoryContext } from '../context.ts';
import { Product } from '../product/product.type.ts';
import type { BufferScope } from './buffer.entity.ts';
import { SetCategoryBufferInput, SetGlobalBufferInput, SetProductBufferInput } from './buffer.inputs.ts';
import { BufferRepository } from './buffer.repository.ts';
import { type BufferOutcome, BufferService, type EffectiveBuffer } from './buffer.service.ts';
import { BufferSettings, SetBufferPayload, StockBuffer, StockBufferConnection } from './buffer.type.ts';

const sort = 'buffer-overrides';

@Resolver(() => BufferSettings)
export class BufferSettingsResolver {
  @Query(() => BufferSettings, { description: 'What the shop keeps back of its stock. For staff.' })
  buffers(): object {
    return {};
  }

  @FieldResolver(() => StockBuffer, {
    description: 'The buffer of goods that have no other: set by staff, else the setting STOCK_BUFFER_DEFAULT.',
  })
  global(@Ctx() context: InventoryContext): Promise<EffectiveBuffer> {
    return new BufferService(context).getGlobal();
  }

  @FieldResolver(() => StockBufferConnection, {
    description: 'Buffers of categories and single goods: categories by id, then goods by SKU.',
  })
  async overrides(
    @Ctx() { manager }: InventoryContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<Connection<EffectiveBuffer>> {
    const size = pageSize(first);
    const [scope, target] = after ? decodeCursor(after, sort, 2) : [];
    const from = after ? { scope: String(scope) as BufferScope, target: String(target) } : undefined;
    const rows = await new BufferRepository(manager).listOverrides(size + 1, from);
    return toConnection(toPage(rows, size), (buffer) => encodeCursor(sort, [buffer.scope, buffer.target]), after);
  }
}

@Resolver(() => StockBufferConnection)
export class StockBufferConnectionResolver {
  @FieldResolver(() => Int, { description: 'How many overrides there are. Counted only when asked for.' })
  totalCount(@Ctx() { manager }: InventoryContext): Promise<number> {
    return new BufferRepository(manager).countOverrides();
  }
}

@Resolver(() => StockBuffer)
export class StockBufferResolver {
  @FieldResolver(() => ID, { nullable: true, description: 'The category it holds for (UUID); null for other scopes.' })
  categoryId(@Root() { scope, target }: EffectiveBuffer): string | null {
    return scope === 'CATEGORY' ? target : null;
  }

  @FieldResolver(() => Product, { nullable: true, description: 'The good it holds for; null for other scopes.' })
  product(@Root() { scope, target }: EffectiveBuffer): Pick<Product, 'sku'> | null {
    return scope === 'PRODUCT' ? { sku: target } : null;
  }

  @Mutation(() => SetBufferPayload, {
    description:
      'Sets how much is kept back of every good that has no other buffer. Ask `stockBufferImpact` first. For staff.',
  })
  setGlobalBuffer(
    @Ctx() context: InventoryContext,
    @Arg('input', () => SetGlobalBufferInput, { description: 'The buffer.' }) { quantity }: SetGlobalBufferInput,
  ): Promise<BufferOutcome> {
    return new BufferService(context).setGlobal(quantity);
  }

  @Mutation(() => SetBufferPayload, {
    description: 'Sets or clears how much is kept back of a category’s goods. For staff.',
  })
  setCategoryBuffer(
    @Ctx() context: InventoryContext,
    @Arg('input', () => SetCategoryBufferInput, { description: 'The category and its buffer.' })
    { categoryId, quantity }: SetCategoryBufferInput,
  ): Promise<BufferOutcome> {
    return new BufferService(context).setCategory(categoryId, quantity);
  }

  @Mutation(() => SetBufferPayload, { description: 'Sets or clears how much is kept back of one good. For staff.' })
  setProductBuffer(
    @Ctx() context: InventoryContext,
    @Arg('input', () => SetProductBufferInput, { description: 'The good and its buffer.' })
    { sku, quantity }: SetProductBufferInput,
  ): Promise<BufferOutcome> {
    return new BufferService(context).setProduct(sku, quantity);
  }
}
