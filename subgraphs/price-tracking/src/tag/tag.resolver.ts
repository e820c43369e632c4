import { ChangesNothingShared } from '@gastronom/shared/answer-tag.directive';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { ownerOf } from '../ownership.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import type { TagEntity } from './tag.entity.ts';
import { TagRepository } from './tag.repository.ts';
import { TagService } from './tag.service.ts';
import { DeleteTrackedTagPayload, TagTrackedProductPayload, TrackedTag, TrackedTagPayload } from './tag.type.ts';

@Resolver(() => TrackedTag)
export class TagResolver {
  @Query(() => [TrackedTag], { description: 'One’s own tags, by name: at most 1,000.' })
  trackedTags(@Ctx() { manager, viewer }: PriceTrackingContext): Promise<TagEntity[]> {
    return new TagRepository(manager).list(ownerOf(viewer));
  }

  @ChangesNothingShared()
  @Mutation(() => TagTrackedProductPayload, {
    description: 'Puts tags on a tracked product, beside those that it has. New ones are made.',
  })
  tagTrackedProduct(
    @Ctx() context: PriceTrackingContext,
    @Arg('productId', () => ID, { description: 'The product (UUID).' }) productId: string,
    @Arg('names', () => [String], { description: 'Names of the tags: at most 50 of 1 to 50 characters.' })
    names: string[],
  ): Promise<TagTrackedProductPayload> {
    return new TagService(context).tag(productId, names);
  }

  @ChangesNothingShared()
  @Mutation(() => TagTrackedProductPayload, {
    description: 'Takes tags off a tracked product. Those that it does not have are no error.',
  })
  untagTrackedProduct(
    @Ctx() context: PriceTrackingContext,
    @Arg('productId', () => ID, { description: 'The product (UUID).' }) productId: string,
    @Arg('tagIds', () => [ID], { description: 'The tags (UUID).' }) tagIds: string[],
  ): Promise<TagTrackedProductPayload> {
    return new TagService(context).untag(productId, tagIds);
  }

  @ChangesNothingShared()
  @Mutation(() => TrackedTagPayload, { description: 'Gives a tag another name. It stays on its products.' })
  renameTrackedTag(
    @Ctx() context: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'The tag (UUID).' }) id: string,
    @Arg('name', () => String, { description: 'Its name from now on: 1 to 50 characters.' }) name: string,
  ): Promise<TrackedTagPayload> {
    return new TagService(context).rename(id, name);
  }

  @ChangesNothingShared()
  @Mutation(() => DeleteTrackedTagPayload, { description: 'Deletes a tag. Its products stay, without it.' })
  deleteTrackedTag(
    @Ctx() context: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'The tag (UUID).' }) id: string,
  ): Promise<DeleteTrackedTagPayload> {
    return new TagService(context).delete(id);
  }

  @FieldResolver(() => Int, { description: 'How many tracked products have it.' })
  productCount(@Root() { id }: TagEntity, @Ctx() { loaders }: PriceTrackingContext): Promise<number> {
    return loaders.tags.productCounts.load(id);
  }
}

@Resolver(() => TrackedProduct)
export class TrackedProductTagsResolver {
  @FieldResolver(() => [TrackedTag], { description: 'Its tags, by name: at most 50.' })
  tags(@Root() { id }: TrackedProductEntity, @Ctx() { loaders }: PriceTrackingContext): Promise<readonly TagEntity[]> {
    return loaders.tags.ofProduct.load(id);
  }
}
