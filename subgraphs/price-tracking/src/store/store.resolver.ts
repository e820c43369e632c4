import { ChangesNothingShared } from '@gastronom/shared/answer-tag.directive';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { User } from '../owner/user.type.ts';
import type { StoreEntity } from './store.entity.ts';
import { CreateStoreInput, UpdateStoreInput } from './store.inputs.ts';
import { type FieldSelector, selectorList } from './store.rules.ts';
import { type StoreAnswer, StoreService } from './store.service.ts';
import { DeleteStorePayload, Store, StorePayload, StoreSelector } from './store.type.ts';

@Resolver(() => Store)
export class StoreResolver {
  @Query(() => Store, {
    nullable: true,
    description: 'A store of one’s own by its id; null where there is none. Admins see everybody’s.',
  })
  store(
    @Ctx() { loaders }: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'Its id (UUID).' }) id: string,
  ): Promise<StoreEntity | null> {
    return loaders.stores.load(id);
  }

  @ChangesNothingShared()
  @Mutation(() => StorePayload, { description: 'Makes a store of one’s own; admins make them for others as well.' })
  createStore(
    @Ctx() context: PriceTrackingContext,
    @Arg('input', () => CreateStoreInput, { description: 'The store.' }) input: CreateStoreInput,
  ): Promise<StoreAnswer> {
    return new StoreService(context).create(input);
  }

  @ChangesNothingShared()
  @Mutation(() => StorePayload, { description: 'Changes a store of one’s own; admins change everybody’s.' })
  updateStore(
    @Ctx() context: PriceTrackingContext,
    @Arg('input', () => UpdateStoreInput, { description: 'What changes.' }) input: UpdateStoreInput,
  ): Promise<StoreAnswer> {
    return new StoreService(context).update(input);
  }

  @ChangesNothingShared()
  @Mutation(() => DeleteStorePayload, {
    description:
      'Deletes a store of one’s own. It is refused (IN_USE) while pages are tracked there, unless they are to go with it.',
  })
  deleteStore(
    @Ctx() context: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'Its id (UUID).' }) id: string,
    @Arg('withPages', () => Boolean, {
      defaultValue: false,
      description:
        'Whether its tracked pages are deleted too, with their history: of at most 1,000 products. The products stay.',
    })
    withPages: boolean,
  ): Promise<DeleteStorePayload> {
    return new StoreService(context).delete(id, withPages);
  }

  @FieldResolver(() => User, { description: 'Whose it is.' })
  owner(@Root() { ownerId }: StoreEntity): User {
    return { id: ownerId };
  }

  @FieldResolver(() => [String], {
    description: 'Its domains, in lower case and Punycode: pages of these hosts and of those below them are its own.',
  })
  domains(@Root() { id }: StoreEntity, @Ctx() { loaders }: PriceTrackingContext): Promise<readonly string[]> {
    return loaders.storeFacts.domains.load(id);
  }

  @FieldResolver(() => [StoreSelector], { description: 'Its selectors; those of a field in the order they are tried.' })
  selectors(@Root() { selectors }: StoreEntity): FieldSelector[] {
    return selectorList(selectors);
  }

  @FieldResolver(() => Int, { description: 'How many of its pages are tracked.' })
  urlCount(@Root() { id }: StoreEntity, @Ctx() { loaders }: PriceTrackingContext): Promise<number> {
    return loaders.storeFacts.urlCounts.load(id);
  }
}
