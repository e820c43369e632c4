import { SameForAll } from '@gastronom/shared/answer-tag.directive';
import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from '../context.ts';
import type { ListedProduct } from './product.entity.ts';
import { ProductFilter, ProductSort } from './product.inputs.ts';
import { ProductConnection } from './product.type.ts';
import { listedColumns } from './product-columns.ts';
import { criteriaKey, type ProductCriteria, readProductFilter } from './product-filter.ts';
import { ProductListRepository } from './product-list.repository.ts';
import { chooseSort, orderOf, readPlace } from './product-order.ts';

interface ProductList extends Connection<ListedProduct> {
  readonly criteria: ProductCriteria;
}

@Resolver(() => ProductConnection)
export class ProductListResolver {
  @SameForAll()
  @Query(() => ProductConnection, {
    description:
      'Goods of the shop, page by page, without those that 1C dropped. A cursor belongs to its sort and filter: with others it is refused with BAD_CURSOR.',
  })
  async products(
    @Ctx() { manager, viewer }: CatalogContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('filter', () => ProductFilter, { nullable: true, description: 'Which goods; all by default.' })
    filter?: ProductFilter | null,
    @Arg('sort', () => ProductSort, {
      nullable: true,
      description: 'Their order; RELEVANCE by default where text is searched for, else NEWEST.',
    })
    sort?: ProductSort | null,
  ): Promise<ProductList> {
    const size = pageSize(first);
    const criteria = readProductFilter(filter, viewer);
    const chosen = chooseSort(sort, criteria.text !== null);
    const order = orderOf(chosen);
    const list = `products:${chosen}:${criteriaKey(criteria)}`;
    const place = after ? readPlace(order, decodeCursor(after, list, 2)) : null;
    const columns = listedColumns(info);
    const rows = await new ProductListRepository(manager).list({
      columns,
      criteria,
      order,
      size: size + 1,
      after: place,
    });
    const cursorOf = (row: ListedProduct) => encodeCursor(list, [order.cursorValue(row), row.id]);
    return Object.assign(toConnection(toPage(rows, size), cursorOf, after), { criteria });
  }

  @FieldResolver(() => Int, { description: 'How many goods the filter leaves. Counted only when asked for.' })
  totalCount(@Root() { criteria }: ProductList, @Ctx() { manager }: CatalogContext): Promise<number> {
    return new ProductListRepository(manager).count(criteria);
  }
}
