import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import type { StoreEntity } from './store.entity.ts';
import { Store } from './store.type.ts';

@Resolver(() => Store)
export class StoreResolver {
  @Query(() => Store, {
    nullable: true,
    description: 'A store of one’s own by its id; null where there is none.',
  })
  store(
    @Ctx() { loaders }: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'Its id (UUID).' }) id: string,
  ): Promise<StoreEntity | null> {
    return loaders.stores.load(id);
  }
}
