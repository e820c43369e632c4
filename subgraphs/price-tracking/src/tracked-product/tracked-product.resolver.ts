import { ChangesNothingShared } from '@gastronom/shared/answer-tag.directive';
import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import type { TrackedProductEntity } from './tracked-product.entity.ts';
import { CreateTrackedProductInput, UpdateTrackedProductInput } from './tracked-product.inputs.ts';
import { TrackedProductService } from './tracked-product.service.ts';
import { DeleteTrackedProductPayload, TrackedProduct, TrackedProductPayload } from './tracked-product.type.ts';

@Resolver(() => TrackedProduct)
export class TrackedProductResolver {
  @Query(() => TrackedProduct, {
    nullable: true,
    description: 'A tracked product of one’s own by its id; null where there is none.',
  })
  trackedProduct(
    @Ctx() { loaders }: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'Its id (UUID).' }) id: string,
  ): Promise<TrackedProductEntity | null> {
    return loaders.trackedProducts.load(id);
  }

  @ChangesNothingShared()
  @Mutation(() => TrackedProductPayload, {
    description:
      'Makes a tracked product. It has no prices before it has a page: see `addTrackedUrl`, `quickAddByUrl`.',
  })
  createTrackedProduct(
    @Ctx() context: PriceTrackingContext,
    @Arg('input', () => CreateTrackedProductInput, { description: 'The product.' }) input: CreateTrackedProductInput,
  ): Promise<TrackedProductPayload> {
    return new TrackedProductService(context).create(input);
  }

  @ChangesNothingShared()
  @Mutation(() => TrackedProductPayload, { description: 'Changes a tracked product of one’s own.' })
  updateTrackedProduct(
    @Ctx() context: PriceTrackingContext,
    @Arg('input', () => UpdateTrackedProductInput, { description: 'What changes.' }) input: UpdateTrackedProductInput,
  ): Promise<TrackedProductPayload> {
    return new TrackedProductService(context).update(input);
  }

  @Mutation(() => DeleteTrackedProductPayload, {
    description: 'Deletes a tracked product of one’s own, with its pages, their price history and its alerts.',
  })
  deleteTrackedProduct(
    @Ctx() context: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'The product (UUID).' }) id: string,
  ): Promise<DeleteTrackedProductPayload> {
    return new TrackedProductService(context).delete(id);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The price that its owner waits for.' })
  targetPrice(@Root() { targetPrice, targetCurrency }: TrackedProductEntity): Money | null {
    return targetPrice === null || targetCurrency === null ? null : moneyOf(targetPrice, targetCurrency);
  }
}
