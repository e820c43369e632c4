import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { pageSize, toPage } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { containing, storable } from '@gastronom/shared/storable-text';
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { ownerOf } from '../ownership.ts';
import { readGtin, writingsOf } from './gtin.ts';
import type { TrackedProductEntity } from './tracked-product.entity.ts';
import { TrackedProductFilter, TrackedProductSort } from './tracked-product.inputs.ts';
import { TrackedProductConnection } from './tracked-product.type.ts';
import { decodePlace, encodePlace } from './tracked-product-cursor.ts';
import { TrackedProductListRepository, type TrackedProductSearch } from './tracked-product-list.repository.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

/** An id that is none finds nothing. */
const idOf = (id: string | null | undefined): string | undefined => (id ? (isUUID(id) ? id : nobody) : undefined);

function codesOf(text: string): string[] {
  const gtin = readGtin(text);
  return [text, ...(gtin ? writingsOf(gtin) : [])];
}

const searchOf = (ownerId: string, filter: TrackedProductFilter): TrackedProductSearch => ({
  ownerId,
  tagId: idOf(filter.tagId),
  storeId: idOf(filter.storeId),
  isFavourite: filter.isFavourite ?? undefined,
  ...(filter.text?.trim() ? { like: containing(filter.text), codes: codesOf(storable(filter.text)) } : {}),
});

type ProductPage = Connection<TrackedProductEntity> & { readonly search: TrackedProductSearch };

@Resolver(() => TrackedProductConnection)
export class TrackedProductListResolver {
  @Query(() => TrackedProductConnection, { description: 'One’s own tracked products.' })
  async trackedProducts(
    @Ctx() { manager, viewer }: PriceTrackingContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('filter', () => TrackedProductFilter, { nullable: true, description: 'Which; all by default.' })
    filter?: TrackedProductFilter | null,
    @Arg('sort', () => TrackedProductSort, {
      nullable: true,
      description: 'In which order; the newest first by default.',
    })
    sort?: TrackedProductSort | null,
  ): Promise<ProductPage> {
    const size = pageSize(first);
    const search = searchOf(ownerOf(viewer), filter ?? {});
    const order = sort ?? 'NEWEST';
    const list = `tracked-products:${order}:${JSON.stringify({ ...search, ownerId: undefined })}`;
    const place = decodePlace(after, order, list);
    const rows = await new TrackedProductListRepository(manager).list(search, order, size + 1, place);
    return { ...toConnection(toPage(rows, size), (row) => encodePlace(row, order, list), after), search };
  }

  @FieldResolver(() => Int, { description: 'How many match. Counted only when asked for.' })
  totalCount(@Root() { search }: ProductPage, @Ctx() { manager }: PriceTrackingContext): Promise<number> {
    return new TrackedProductListRepository(manager).count(search);
  }
}
