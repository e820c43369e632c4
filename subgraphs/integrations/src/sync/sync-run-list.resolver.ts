import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { IntegrationsContext } from '../context.ts';
import { readSource } from './sync-call.ts';
import type { SyncRunEntity, SyncRunStatusName } from './sync-run.entity.ts';
import { type RunFilter, SyncRunRepository } from './sync-run.repository.ts';
import { SyncRunConnection, SyncRunStatus } from './sync-run.type.ts';

interface RunList extends Connection<SyncRunEntity> {
  readonly filter: RunFilter;
}

@Resolver(() => SyncRunConnection)
export class SyncRunListResolver {
  @Query(() => SyncRunConnection, { description: 'Sync runs, newest first. For staff and API keys with `sync:write`.' })
  async syncRuns(
    @Ctx() { manager }: IntegrationsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('status', () => SyncRunStatus, { nullable: true, description: 'Only runs that stand so.' })
    status?: SyncRunStatusName | null,
    @Arg('source', () => String, {
      nullable: true,
      description: 'Only runs of this feed. What is no name of one: BAD_USER_INPUT.',
    })
    source?: string | null,
  ): Promise<RunList> {
    const filter = { status, source: source ? readSource(source) : null };
    const sort = `sync-runs:${filter.status ?? ''}:${filter.source ?? ''}`;
    const size = pageSize(first);
    const place = decodeMomentCursor(after, sort);
    const rows = await new SyncRunRepository(manager).list(filter, size + 1, place);
    const cursorOf = (run: SyncRunEntity) => encodeCursor(sort, [run.startedAt.toISOString(), run.id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), filter };
  }

  @FieldResolver(() => Int, { description: 'How many runs match. Counted only when asked for.' })
  totalCount(@Ctx() { manager }: IntegrationsContext, @Root() { filter }: RunList): Promise<number> {
    return new SyncRunRepository(manager).count(filter);
  }
}
