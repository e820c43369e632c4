import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeIdCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { IntegrationsContext } from '../context.ts';
import type { RejectedRowEntity } from './rejected-row.entity.ts';
import { RejectedRowRepository } from './rejected-row.repository.ts';
import { SyncRejectedRowConnection } from './rejected-row.type.ts';
import type { SyncRunEntity } from './sync-run.entity.ts';
import { SyncRun } from './sync-run.type.ts';

const sort = 'rejected-rows';

interface RejectedRowList extends Connection<RejectedRowEntity> {
  readonly runId: string;
}

@Resolver(() => SyncRun)
export class RejectedRowResolver {
  @FieldResolver(() => SyncRejectedRowConnection, {
    description: 'Rows that were not taken, as they came, in their order. Those of a call that was healed are gone.',
  })
  async rejectedRows(
    @Ctx() { manager }: IntegrationsContext,
    @Root() run: SyncRunEntity,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<RejectedRowList> {
    const size = pageSize(first);
    const place = decodeIdCursor(after, sort);
    const rows = await new RejectedRowRepository(manager).list(run.id, size + 1, place);
    return { ...toConnection(toPage(rows, size), (row) => encodeCursor(sort, [row.id]), after), runId: run.id };
  }
}

@Resolver(() => SyncRejectedRowConnection)
export class RejectedRowListResolver {
  @FieldResolver(() => Int, { description: 'How many rows of the run were rejected. Counted only when asked for.' })
  totalCount(@Ctx() { manager }: IntegrationsContext, @Root() { runId }: RejectedRowList): Promise<number> {
    return new RejectedRowRepository(manager).count(runId);
  }
}
