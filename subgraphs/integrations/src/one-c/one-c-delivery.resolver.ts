import { isBigintId } from '@gastronom/shared/id';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { IntegrationsContext } from '../context.ts';
import type { SyncRunEntity } from '../sync/sync-run.entity.ts';
import { SyncRun } from '../sync/sync-run.type.ts';
import { DeliveryService, type ReplayAnswer } from './delivery.service.ts';
import type { OneCDeliveryEntity } from './one-c-delivery.entity.ts';
import { OneCDeliveryRepository } from './one-c-delivery.repository.ts';
import { OneCDelivery, OneCDeliveryFailure, ReplayOneCDeliveryPayload } from './one-c-delivery.type.ts';

@Resolver(() => OneCDelivery)
export class OneCDeliveryResolver {
  @Query(() => OneCDelivery, {
    nullable: true,
    description: 'What 1C sent in one request; null if there is none with this id. For admins.',
  })
  async oneCDelivery(
    @Ctx() { manager }: IntegrationsContext,
    @Arg('id', () => ID, { description: 'Id of the delivery.' }) id: string,
  ): Promise<OneCDeliveryEntity | null> {
    return isBigintId(id) ? new OneCDeliveryRepository(manager).findById(id) : null;
  }

  @FieldResolver(() => OneCDeliveryFailure, {
    nullable: true,
    description: 'Why it was not applied, or not as a whole; null when nothing is wrong.',
  })
  failure(@Root() { failureCode, failureMessage }: OneCDeliveryEntity): OneCDeliveryFailure | null {
    return failureCode && failureMessage ? { code: failureCode, message: failureMessage } : null;
  }

  @FieldResolver(() => SyncRun, {
    nullable: true,
    description: 'The sync run that its rows stand in; null until it was applied. Parts of one snapshot share theirs.',
  })
  async run(
    @Ctx() { oneCLoaders }: IntegrationsContext,
    @Root() { runId }: OneCDeliveryEntity,
  ): Promise<SyncRunEntity | null> {
    return runId ? oneCLoaders.runs.load(runId) : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The body, as it came, read in the charset it declares.',
  })
  body(@Ctx() { oneCLoaders }: IntegrationsContext, @Root() { id }: OneCDeliveryEntity): Promise<string | null> {
    return oneCLoaders.bodies.load(id);
  }

  @Mutation(() => ReplayOneCDeliveryPayload, {
    description:
      'Has a delivery applied once more that was not applied as a whole. What was applied is recognised, so that nothing happens twice; one that is applied stays as it is. For admins.',
  })
  replayOneCDelivery(
    @Ctx() context: IntegrationsContext,
    @Arg('id', () => ID, { description: 'Id of the delivery. Unknown: NOT_FOUND.' }) id: string,
  ): Promise<ReplayAnswer> {
    return new DeliveryService(context).replay(id);
  }
}
