import { ChangesNothingShared } from '@gastronom/shared/answer-tag.directive';
import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Arg, Args, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { ownerOf } from '../ownership.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import type { PriceAlertEntity } from './price-alert.entity.ts';
import { CreatePriceAlertInput, UpdatePriceAlertInput } from './price-alert.inputs.ts';
import { type AlertSearch, PriceAlertRepository } from './price-alert.repository.ts';
import { PriceAlertService } from './price-alert.service.ts';
import { DeletePriceAlertPayload, PriceAlert, PriceAlertConnection, PriceAlertPayload } from './price-alert.type.ts';

@Resolver(() => PriceAlert)
export class PriceAlertResolver {
  @FieldResolver(() => TrackedProduct, { nullable: true, description: 'The product whose price it watches.' })
  product(
    @Root() { productId }: PriceAlertEntity,
    @Ctx() { loaders }: PriceTrackingContext,
  ): Promise<TrackedProductEntity | null> {
    return loaders.trackedProducts.load(productId);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'Of `BELOW_TARGET`: a target of its own; null where it is the product’s.',
  })
  targetPrice(@Root() { targetPrice, targetCurrency }: PriceAlertEntity): Money | null {
    return targetPrice === null || targetCurrency === null ? null : moneyOf(targetPrice, targetCurrency);
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Of `DROP_PERCENT`: by how many per cent.' })
  dropPercent(@Root() { percent }: PriceAlertEntity): number | null {
    return percent === null ? null : Number(percent);
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'Until when it is snoozed; null where it is awake.' })
  snoozedUntil(@Root() { snoozedUntil }: PriceAlertEntity, @Ctx() { clock }: PriceTrackingContext): Date | null {
    return snoozedUntil && snoozedUntil.getTime() > clock() ? snoozedUntil : null;
  }

  @ChangesNothingShared()
  @Mutation(() => PriceAlertPayload, {
    description: 'Makes an alert of a tracked product: its owner is told, as their notification settings say.',
  })
  createPriceAlert(
    @Ctx() context: PriceTrackingContext,
    @Arg('input', () => CreatePriceAlertInput, { description: 'The alert.' }) input: CreatePriceAlertInput,
  ): Promise<PriceAlertPayload> {
    return new PriceAlertService(context).create(input);
  }

  @ChangesNothingShared()
  @Mutation(() => PriceAlertPayload, { description: 'Changes an alert, or switches it on or off.' })
  updatePriceAlert(
    @Ctx() context: PriceTrackingContext,
    @Arg('input', () => UpdatePriceAlertInput, { description: 'What is to be otherwise.' })
    input: UpdatePriceAlertInput,
  ): Promise<PriceAlertPayload> {
    return new PriceAlertService(context).update(input);
  }

  @ChangesNothingShared()
  @Mutation(() => PriceAlertPayload, {
    description:
      'Lets an alert rest until a moment. What crosses meanwhile is told at the first reading afterwards, if it still holds then.',
  })
  snoozePriceAlert(
    @Ctx() context: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'The alert (UUID).' }) id: string,
    @Arg('until', () => DateTime, { nullable: true, description: 'Until when; null wakes it.' }) until?: Date | null,
  ): Promise<PriceAlertPayload> {
    return new PriceAlertService(context).snooze(id, until ?? null);
  }

  @ChangesNothingShared()
  @Mutation(() => DeletePriceAlertPayload, { description: 'Deletes an alert. What it raised stays in the list.' })
  deletePriceAlert(
    @Ctx() context: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'The alert (UUID).' }) id: string,
  ): Promise<DeletePriceAlertPayload> {
    return new PriceAlertService(context).delete(id);
  }
}

@Resolver(() => TrackedProduct)
export class TrackedProductAlertsResolver {
  @FieldResolver(() => [PriceAlert], {
    description: 'Its alerts, in the order in which they were made: at most 20.',
  })
  alerts(
    @Root() { id }: TrackedProductEntity,
    @Ctx() { loaders }: PriceTrackingContext,
  ): Promise<readonly PriceAlertEntity[]> {
    return loaders.priceAlerts.ofProduct.load(id);
  }
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** An id that is none finds nothing. */
export const alertSearchOf = (ownerId: string, productId: string | null | undefined): AlertSearch => ({
  ownerId,
  productId: productId ? (isUUID(productId) ? productId : nobody) : undefined,
});

type AlertPage = Connection<PriceAlertEntity> & { readonly search: AlertSearch };

@Resolver(() => PriceAlertConnection)
export class PriceAlertListResolver {
  @Query(() => PriceAlertConnection, { description: 'One’s own alerts, newest first.' })
  async priceAlerts(
    @Ctx() { manager, viewer }: PriceTrackingContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('productId', () => ID, { nullable: true, description: 'Only those of this tracked product (UUID).' })
    productId?: string | null,
  ): Promise<AlertPage> {
    const size = pageSize(first);
    const search = alertSearchOf(ownerOf(viewer), productId);
    const sort = `price-alerts:${search.productId ?? ''}`;
    const rows = await new PriceAlertRepository(manager).list(search, size + 1, decodeMomentCursor(after, sort));
    const cursorOf = ({ createdAt, id }: PriceAlertEntity) => encodeCursor(sort, [createdAt.toISOString(), id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), search };
  }

  @FieldResolver(() => Int, { description: 'How many match. Counted only when asked for.' })
  totalCount(@Root() { search }: AlertPage, @Ctx() { manager }: PriceTrackingContext): Promise<number> {
    return new PriceAlertRepository(manager).count(search);
  }
}
