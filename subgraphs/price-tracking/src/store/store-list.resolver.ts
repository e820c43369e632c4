import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeNameCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { DomainError } from '@gastronom/shared/domain-error';
import { containing, storable } from '@gastronom/shared/storable-text';
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { AccountsClient } from '../owner/accounts.client.ts';
import { ownerOf } from '../ownership.ts';
import type { StoreEntity } from './store.entity.ts';
import { StoreFilter } from './store.inputs.ts';
import { StoreRepository, type StoreSearch } from './store.repository.ts';
import { StoreConnection } from './store.type.ts';

type StorePage = Connection<StoreEntity> & { readonly search: StoreSearch };

@Resolver(() => StoreConnection)
export class StoreListResolver {
  @Query(() => StoreConnection, { description: 'Stores of one’s own, by name. Admins list others’ as well.' })
  async stores(
    @Ctx() context: PriceTrackingContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('filter', () => StoreFilter, { nullable: true, description: 'Which; all of one’s own by default.' })
    filter?: StoreFilter | null,
  ): Promise<StorePage> {
    const size = pageSize(first);
    const search = await searchOf(context, filter ?? {});
    const sort = `stores:${JSON.stringify(search)}`;
    const rows = await new StoreRepository(context.manager).list(search, size + 1, decodeNameCursor(after, sort));
    const cursorOf = ({ name, id }: StoreEntity) => encodeCursor(sort, [name, id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), search };
  }

  @FieldResolver(() => Int, { description: 'How many stores match. Counted only when asked for.' })
  totalCount(@Root() { search }: StorePage, @Ctx() { manager }: PriceTrackingContext): Promise<number> {
    return new StoreRepository(manager).count(search);
  }
}

/** No user has it. */
const nobody = '00000000-0000-0000-0000-000000000000';

async function searchOf(context: PriceTrackingContext, filter: StoreFilter): Promise<StoreSearch> {
  return {
    ownerId: await whose(context, filter),
    like: filter.text?.trim() ? containing(filter.text) : undefined,
    slug: filter.slug?.trim() ? storable(filter.slug).toLowerCase() : undefined,
  };
}

async function whose(
  context: PriceTrackingContext,
  { ownerEmail, everybodys }: StoreFilter,
): Promise<string | undefined> {
  const { viewer } = context;
  if (!ownerEmail && !everybodys) return ownerOf(viewer);
  if (viewer.kind !== 'user' || viewer.role !== 'ADMIN')
    throw new DomainError('FORBIDDEN', 'Only admins list stores of others.');
  if (!ownerEmail) return undefined;
  const found = await new AccountsClient(context).userByEmail(ownerEmail, false);
  return 'userId' in found ? found.userId : nobody;
}
