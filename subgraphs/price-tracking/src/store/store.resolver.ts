import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import type { StoreEntity } from './store.entity.ts';
import { TrackedStore } from './store.type.ts';

@Resolver(() => TrackedStore)
export class StoreResolver {
  @Query(() => TrackedStore, {
    nullable: true,
    description: 'A store of one’s own by its id; null where there is none.',
  })
  trackedStore(
    @Ctx() { loaders }: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'Its id (UUID).' }) id: string,
  ): Promise<StoreEntity | null> {
    return loaders.stores.load(id);
  }
}
