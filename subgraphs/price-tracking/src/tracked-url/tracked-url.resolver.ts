import { ChangesNothingShared } from '@gastronom/shared/answer-tag.directive';
import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import type { StoreEntity } from '../store/store.entity.ts';
import { Store } from '../store/store.type.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import type { TrackedUrlEntity } from './tracked-url.entity.ts';
import { AddTrackedUrlInput, UpdateTrackedUrlInput } from './tracked-url.inputs.ts';
import { TrackedUrlService } from './tracked-url.service.ts';
import { DeleteTrackedUrlPayload, TrackedUrl, TrackedUrlPayload } from './tracked-url.type.ts';

const priceOf = (amount: string | null, currency: string | null): Money | null =>
  amount === null || currency === null ? null : moneyOf(amount, currency);

@Resolver(() => TrackedUrl)
export class TrackedUrlResolver {
  @ChangesNothingShared()
  @Mutation(() => TrackedUrlPayload, {
    description: 'Adds a page to a tracked product. It is looked at soon; `quickAddByUrl` looks at once.',
  })
  addTrackedUrl(
    @Ctx() context: PriceTrackingContext,
    @Arg('input', () => AddTrackedUrlInput, { description: 'The page.' }) input: AddTrackedUrlInput,
  ): Promise<TrackedUrlPayload> {
    return new TrackedUrlService(context).add(input);
  }

  @Mutation(() => TrackedUrlPayload, {
    description: 'Makes a page the primary one of its product, or says whether it is looked at.',
  })
  updateTrackedUrl(
    @Ctx() context: PriceTrackingContext,
    @Arg('input', () => UpdateTrackedUrlInput, { description: 'What changes.' }) input: UpdateTrackedUrlInput,
  ): Promise<TrackedUrlPayload> {
    return new TrackedUrlService(context).update(input);
  }

  @Mutation(() => DeleteTrackedUrlPayload, {
    description:
      'Deletes a page and its price history. Was it the primary one, the oldest that is left takes its place.',
  })
  deleteTrackedUrl(
    @Ctx() context: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'The page (UUID).' }) id: string,
  ): Promise<DeleteTrackedUrlPayload> {
    return new TrackedUrlService(context).delete(id);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What the page asked when its price was last read.' })
  price(@Root() { price, currency }: TrackedUrlEntity): Money | null {
    return priceOf(price, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What it asked before a reduction, as the page says.' })
  oldPrice(@Root() { oldPrice, currency }: TrackedUrlEntity): Money | null {
    return priceOf(oldPrice, currency);
  }

  @FieldResolver(() => Store, { nullable: true, description: 'The store whose page it is.' })
  store(@Root() { storeId }: TrackedUrlEntity, @Ctx() { loaders }: PriceTrackingContext): Promise<StoreEntity | null> {
    return loaders.stores.load(storeId);
  }

  @FieldResolver(() => TrackedProduct, { nullable: true, description: 'The product that it shows.' })
  product(
    @Root() { productId }: TrackedUrlEntity,
    @Ctx() { loaders }: PriceTrackingContext,
  ): Promise<TrackedProductEntity | null> {
    return loaders.trackedProducts.load(productId);
  }
}

@Resolver(() => TrackedProduct)
export class TrackedProductUrlsResolver {
  @FieldResolver(() => [TrackedUrl], {
    description:
      'The pages that show it, the primary one first, then in the order in which they were added: at most 200.',
  })
  urls(
    @Root() { id }: TrackedProductEntity,
    @Ctx() { loaders }: PriceTrackingContext,
  ): Promise<readonly TrackedUrlEntity[]> {
    return loaders.trackedUrls.ofProduct.load(id);
  }

  @FieldResolver(() => TrackedUrl, {
    nullable: true,
    description: 'The page that stands for it; null before its first.',
  })
  async primaryUrl(
    @Root() { id }: TrackedProductEntity,
    @Ctx() { loaders }: PriceTrackingContext,
  ): Promise<TrackedUrlEntity | null> {
    const [first] = await loaders.trackedUrls.ofProduct.load(id);
    return first?.isPrimary ? first : null;
  }
}
