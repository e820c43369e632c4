import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { DomainError } from '@gastronom/shared/domain-error';
import { isUUID } from '@gastronom/shared/id';
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import type { ServiceKeyEntity } from './service-key.entity.ts';
import { ServiceKeyFilter } from './service-key.inputs.ts';
import { type KeyFilter, ServiceKeyRepository } from './service-key.repository.ts';
import { ServiceKeyConnection } from './service-key.type.ts';

interface KeyList extends Connection<ServiceKeyEntity> {
  readonly filter: KeyFilter;
}

@Resolver(() => ServiceKeyConnection)
export class ServiceKeyListResolver {
  @Query(() => ServiceKeyConnection, { description: 'API keys, newest first. For admins.' })
  async serviceKeys(
    @Ctx() { manager }: AccountsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('filter', () => ServiceKeyFilter, { nullable: true, description: 'Which keys; all by default.' })
    given?: ServiceKeyFilter | null,
  ): Promise<KeyList> {
    const filter = given ?? {};
    const { state, createdByUserId } = filter;
    if (createdByUserId && !isUUID(createdByUserId))
      throw new DomainError('BAD_USER_INPUT', '`createdByUserId` is the id of a person (UUID).');
    const sort = state || createdByUserId ? `service-keys:${state ?? ''}:${createdByUserId ?? ''}` : 'service-keys';
    const size = pageSize(first);
    const rows = await new ServiceKeyRepository(manager).list(filter, size + 1, decodeMomentCursor(after, sort));
    const cursorOf = (key: ServiceKeyEntity) => encodeCursor(sort, [key.createdAt.toISOString(), key.id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), filter };
  }

  @FieldResolver(() => Int, { description: 'How many keys match. Counted only when asked for.' })
  totalCount(@Ctx() { manager }: AccountsContext, @Root() { filter }: KeyList): Promise<number> {
    return new ServiceKeyRepository(manager).count(filter);
  }
}
