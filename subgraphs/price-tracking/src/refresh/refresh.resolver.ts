import { ChangesNothingShared } from '@gastronom/shared/answer-tag.directive';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { refreshError } from './refresh.errors.ts';
import { type PagesOf, RefreshRepository } from './refresh.repository.ts';
import { RefreshPayload } from './refresh.type.ts';
import { requestRefresh } from './refresh-urls.ts';

/** A page that was looked at so lately is what it was. */
const freshMs = 60_000;

const notFound = (what: string): RefreshPayload => ({
  requested: 0,
  userErrors: [refreshError('NOT_FOUND', ['id'], `There is no such ${what} of yours.`)],
});

function refreshPages(context: PriceTrackingContext, of: PagesOf): Promise<RefreshPayload> {
  return inTransaction(context.manager, async (manager) => {
    const urlIds = await new RefreshRepository(manager).listRefreshable(of, new Date(context.clock() - freshMs));
    return { requested: await requestRefresh(context, manager, { urlIds }), userErrors: [] };
  });
}

@Resolver()
export class RefreshResolver {
  @ChangesNothingShared()
  @Mutation(() => RefreshPayload, { description: 'Has the pages of a tracked product looked at before their turn.' })
  async refreshTrackedProduct(
    @Ctx() context: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'The tracked product (UUID).' }) id: string,
  ): Promise<RefreshPayload> {
    const product = await context.loaders.trackedProducts.load(id);
    return product ? refreshPages(context, { column: 'product_id', id: product.id }) : notFound('product');
  }

  @ChangesNothingShared()
  @Mutation(() => RefreshPayload, { description: 'Has all pages of a store looked at before their turn.' })
  async refreshStore(
    @Ctx() context: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'The store (UUID).' }) id: string,
  ): Promise<RefreshPayload> {
    const store = await context.loaders.stores.load(id);
    return store ? refreshPages(context, { column: 'store_id', id: store.id }) : notFound('store');
  }
}
