import { isUUID } from '@gastronom/shared/id';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { IntegrationsContext } from '../context.ts';
import type { SyncModeName, SyncRunEntity } from './sync-run.entity.ts';
import { SyncRunRepository } from './sync-run.repository.ts';
import { SyncRunService } from './sync-run.service.ts';
import { SyncCounts, SyncMode, SyncRun } from './sync-run.type.ts';

const runIdText = 'Id of the run. Unknown: NOT_FOUND.';

@Resolver(() => SyncRun)
export class SyncRunResolver {
  @Query(() => SyncRun, {
    nullable: true,
    description: 'A sync run; null if there is none with this id. For staff and API keys with `sync:write`.',
  })
  async syncRun(
    @Ctx() { manager }: IntegrationsContext,
    @Arg('id', () => ID, { description: 'Id of the run.' }) id: string,
  ): Promise<SyncRunEntity | null> {
    return isUUID(id) ? new SyncRunRepository(manager).findById(id) : null;
  }

  @FieldResolver(() => SyncCounts, { description: 'What its rows came to.' })
  async counts(@Ctx() { loaders }: IntegrationsContext, @Root() run: SyncRunEntity): Promise<SyncCounts> {
    return { ...(await loaders.counts.load(run.id)), hidden: run.hidden, zeroed: run.zeroed };
  }

  @FieldResolver(() => Int, {
    description:
      'Batches that were not applied as a whole and not sent again since. A snapshot with any cannot be finished.',
  })
  async failedBatches(@Ctx() { loaders }: IntegrationsContext, @Root() run: SyncRunEntity): Promise<number> {
    return (await loaders.counts.load(run.id)).failedBatches;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What went wrong with the last of them; null if there are none.',
  })
  async failure(@Ctx() { loaders }: IntegrationsContext, @Root() run: SyncRunEntity): Promise<string | null> {
    return (await loaders.counts.load(run.id)).failure;
  }

  @Mutation(() => SyncRun, {
    description: 'Begins a run that spans several batches. End it with `finishSync`. For API keys with `sync:write`.',
  })
  startSync(
    @Ctx() context: IntegrationsContext,
    @Arg('source', () => String, {
      description: 'The feed that the rows will come from: 1 to 64 letters, digits and `_ . -`. Else BAD_USER_INPUT.',
    })
    source: string,
    @Arg('mode', () => SyncMode, { description: 'What it will mean that goods are not mentioned.' }) mode: SyncModeName,
    @Arg('warehouse', () => String, {
      nullable: true,
      description: '1C’s id of the warehouse that serves where a batch names none. Unknown: BAD_USER_INPUT.',
    })
    warehouse?: string | null,
  ): Promise<SyncRunEntity> {
    return new SyncRunService(context).start({ source, mode, warehouse });
  }

  @Mutation(() => SyncRun, {
    description:
      'Ends a run. A SNAPSHOT hides goods and zeroes stock of its source that it did not mention; if that is more than a set share, the run is HELD instead. A snapshot with failed batches is refused with CONFLICT. Again: the run as it stands. For API keys with `sync:write`.',
  })
  finishSync(
    @Ctx() context: IntegrationsContext,
    @Arg('runId', () => ID, { description: runIdText }) runId: string,
  ): Promise<SyncRunEntity> {
    return new SyncRunService(context).finish(runId);
  }

  @Mutation(() => SyncRun, {
    description:
      'Lets a held run hide and zero what it was held for. Any other than a HELD or FINISHED run: CONFLICT. For admins.',
  })
  approveSync(
    @Ctx() context: IntegrationsContext,
    @Arg('runId', () => ID, { description: runIdText }) runId: string,
  ): Promise<SyncRunEntity> {
    return new SyncRunService(context).approve(runId);
  }

  @Mutation(() => SyncRun, {
    description:
      'Breaks a running or held run off: nothing is hidden or zeroed, what its batches changed stays. One that is over: CONFLICT. For staff and API keys with `sync:write`.',
  })
  cancelSync(
    @Ctx() context: IntegrationsContext,
    @Arg('runId', () => ID, { description: runIdText }) runId: string,
  ): Promise<SyncRunEntity> {
    return new SyncRunService(context).cancel(runId);
  }
}
