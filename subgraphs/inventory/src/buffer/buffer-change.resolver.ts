import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeIdCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { InventoryContext } from '../context.ts';
import { Product } from '../product/product.type.ts';
import { BufferRepository } from './buffer.repository.ts';
import { BufferChange, BufferChangeConnection } from './buffer.type.ts';
import type { BufferChangeEntity } from './buffer-change.entity.ts';

const sort = 'buffer-changes';

@Resolver(() => BufferChange)
export class BufferChangeResolver {
  @Query(() => BufferChangeConnection, { description: 'Who changed which buffer, newest first. For staff.' })
  async bufferChanges(
    @Ctx() { manager }: InventoryContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<Connection<BufferChangeEntity>> {
    const size = pageSize(first);
    const rows = await new BufferRepository(manager).listChanges(size + 1, decodeIdCursor(after, sort));
    return toConnection(toPage(rows, size), (change) => encodeCursor(sort, [change.id]), after);
  }

  @FieldResolver(() => ID, { nullable: true, description: 'The category it held for (UUID); null for other scopes.' })
  categoryId(@Root() { scope, target }: BufferChangeEntity): string | null {
    return scope === 'CATEGORY' ? target : null;
  }

  @FieldResolver(() => Product, { nullable: true, description: 'The good it held for; null for other scopes.' })
  product(@Root() { scope, target }: BufferChangeEntity): Pick<Product, 'sku'> | null {
    return scope === 'PRODUCT' ? { sku: target } : null;
  }
}

@Resolver(() => BufferChangeConnection)
export class BufferChangeConnectionResolver {
  @FieldResolver(() => Int, { description: 'How many changes there are. Counted only when asked for.' })
  totalCount(@Ctx() { manager }: InventoryContext): Promise<number> {
    return new BufferRepository(manager).countChanges();
  }
}
