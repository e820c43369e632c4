import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { ProductSearch } from './search.type.ts';
import { searchProducts } from './search-products.ts';

@Resolver()
export class SearchResolver {
  @Query(() => ProductSearch, {
    description:
      'Searches the web for pages of a product, to be tracked. Where the installation has no SearXNG, or it does not answer, what the person tracks already is searched, and `source` says so.',
  })
  searchProducts(
    @Ctx() context: PriceTrackingContext,
    @Arg('query', () => String, { description: 'The words, at most 200 characters.' }) query: string,
    @Arg('page', () => Int, { defaultValue: 1, description: 'Which page, 1 to 20.' }) page: number,
    @Arg('knownStoresOnly', () => Boolean, {
      defaultValue: false,
      description: 'Only pages of the person’s own stores: those of others are left out of each page.',
    })
    knownStoresOnly: boolean,
    @Arg('storeId', () => ID, {
      nullable: true,
      description: 'Only pages of this store of the person’s own: search engines are asked for its site alone.',
    })
    storeId?: string | null,
  ): Promise<ProductSearch> {
    return searchProducts(context, { query, page, knownStoresOnly, storeId });
  }
}
