import { Json } from '@gastronom/shared/scalars';
import { isStorable } from '@gastronom/shared/storable-text';
import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import type { InventoryContext } from '../context.ts';
import { parseInternal } from '../parse.ts';
import { type Reservation, ReservationRepository } from './reservation.repository.ts';
import { type ReservationAnswer, ReservationService, type ReserveAnswer } from './reservation.service.ts';
import { releaseSchema, reserveSchema, settleSchema } from './reservation-command.ts';

const answer =
  'Answers `{ orderKey, status, expiresAt, handedOverAt, createdAt, replayed, lines: [{ id, sku, productSku, quantity, held, handedOver }] }`';

@Resolver()
export class ReservationResolver {
  @Directive('@inaccessible')
  @Query(() => Json, {
    nullable: true,
    description: `What is reserved for an order, null for nothing. ${answer}, without \`replayed\`. For orders.`,
  })
  async reservation(
    @Ctx() { manager }: InventoryContext,
    @Arg('orderKey', () => String, { description: 'What the order is known by.' }) orderKey: string,
  ): Promise<Reservation | null> {
    return isStorable(orderKey) ? new ReservationRepository(manager).find(orderKey.trim()) : null;
  }

  @Directive('@inaccessible')
  @Mutation(() => Json, {
    description:
      'Reserves all lines of an order or none. Answers `{ status: RESERVED or REFUSED, replayed, lines: [{ sku, quantity, outcome, available }] }`: `outcome` is what each line comes to by itself (RESERVED, INSUFFICIENT, UNKNOWN_PRODUCT, NOT_AVAILABLE), `available` what there was for it. The same lines again get the first answer, others IDEMPOTENCY_KEY_REUSED, and CONFLICT once the reservation has ended; what was refused may be tried again. For orders.',
  })
  reserveStock(
    @Ctx() context: InventoryContext,
    @Arg('input', () => Json, {
      description:
        '`{ orderKey, lines: [{ sku, quantity: "1.000" }], expiresAt?, actor? }`: 1 to 500 lines, those of one good are added up. Expires after RESERVATION_MINUTES (30) unless it says when.',
    })
    input: unknown,
  ): Promise<ReserveAnswer> {
    return new ReservationService(context).reserve(parseInternal(reserveSchema, input, 'reservation'));
  }

  @Directive('@inaccessible')
  @Mutation(() => Json, {
    description: `Gives back what is reserved for an order. One that expired stays expired; NOT_FOUND where nothing was reserved, CONFLICT once it was handed over. ${answer}. For orders.`,
  })
  releaseReservation(
    @Ctx() context: InventoryContext,
    @Arg('input', () => Json, { description: '`{ orderKey, actor? }`.' }) input: unknown,
  ): Promise<ReservationAnswer> {
    return new ReservationService(context).release(parseInternal(releaseSchema, input, 'release'));
  }

  @Directive('@inaccessible')
  @Mutation(() => Json, {
    description: `Says that an order was handed over, even if its reservation has expired. What was handed over stays subtracted (HANDED_OVER) until every warehouse that holds the good was counted after that (SETTLED); the rest is given back. CONFLICT for one that was released, IDEMPOTENCY_KEY_REUSED for other lines than at first. ${answer}. For orders.`,
  })
  settleReservation(
    @Ctx() context: InventoryContext,
    @Arg('input', () => Json, {
      description:
        '`{ orderKey, handedOverAt, lines?: [{ sku, quantity }], actor? }`: all of it without `lines`; at most what was reserved.',
    })
    input: unknown,
  ): Promise<ReservationAnswer> {
    return new ReservationService(context).settle(parseInternal(settleSchema, input, 'handover'));
  }
}
