import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { describeCodes } from '@gastronom/shared/user-error-codes';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { SyncMode } from '../sync/sync-run.type.ts';
import { deliveryTroubleCodes } from './delivery-trouble.ts';
import type { OneCDeliveryEntity, OneCDeliveryStatusName, StockModeName } from './one-c-delivery.entity.ts';
import { deliveryError } from './one-c-delivery.errors.ts';

export enum OneCDeliveryStatus {
  RECEIVED = 'RECEIVED',
  APPLIED = 'APPLIED',
  PARTLY_APPLIED = 'PARTLY_APPLIED',
  HELD = 'HELD',
  FAILED = 'FAILED',
  DUPLICATE = 'DUPLICATE',
}
registerEnumType(OneCDeliveryStatus, {
  name: 'OneCDeliveryStatus',
  description: 'What became of a delivery.',
  valuesConfig: {
    RECEIVED: {
      description: 'It waits for its application, or for another try: `failure` says what went wrong so far.',
    },
    APPLIED: { description: 'All of its rows are applied.' },
    PARTLY_APPLIED: {
      description: 'Some rows were rejected, or a snapshot was not ended since parts of it are missing: see `failure`.',
    },
    HELD: {
      description: 'Its rows are applied; what it does not mention waits for `approveSync` or `cancelSync` of its run.',
    },
    FAILED: {
      description: 'It could not be applied: see `failure`. It is kept, and `replayOneCDelivery` tries again.',
    },
    DUPLICATE: { description: 'It says again what an earlier one said: nothing was done.' },
  },
});

@ObjectType({ description: 'Why a delivery was not applied, or not as a whole.' })
export class OneCDeliveryFailure {
  @Field(() => String, { description: describeCodes('Stable code to act on', deliveryTroubleCodes) })
  code!: string;

  @Field(() => String, { description: 'What is wrong and what to do, for people.' })
  message!: string;
}

@ObjectType('OneCDelivery', { description: 'What 1C sent to the webhook in one request, and what became of it.' })
export class OneCDelivery
  implements
    Pick<
      OneCDeliveryEntity,
      | 'id'
      | 'receivedAt'
      | 'observedAt'
      | 'requestedAt'
      | 'warehouse'
      | 'status'
      | 'mode'
      | 'complete'
      | 'total'
      | 'size'
      | 'items'
      | 'applied'
      | 'rejected'
      | 'attempts'
    >
{
  @Field(() => ID, { description: 'Id of the delivery, as the webhook answered it.' })
  id!: string;

  @Field(() => DateTime, { description: 'When it came, by our clock.' })
  receivedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The moment that its counts are of: its own `observed_at`, else when 1C was asked, else when it came. How far it is before `receivedAt` shows the drift of 1C’s clock. Null until it was read.',
  })
  observedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When 1C was asked for it; null where it came by itself or its token is not known.',
  })
  requestedAt!: Date | null;

  @Field(() => String, { nullable: true, description: '1C’s id of the warehouse, as inventory has it.' })
  warehouse!: string | null;

  @Field(() => OneCDeliveryStatus, { description: 'What became of it.' })
  status!: OneCDeliveryStatusName;

  @Field(() => SyncMode, {
    nullable: true,
    description: 'What it means that it does not mention goods. Null until it was read.',
  })
  mode!: StockModeName | null;

  @Field(() => Boolean, { nullable: true, description: 'False for a part of a snapshot that others follow.' })
  complete!: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many items all parts of the snapshot hold together, as 1C says; null where it does not.',
  })
  total!: number | null;

  @Field(() => Int, { description: 'Bytes of the body.' })
  size!: number;

  @Field(() => Int, { nullable: true, description: 'Rows in the body. Null until it was read.' })
  items!: number | null;

  @Field(() => Int, { nullable: true, description: 'Rows that were taken, news or not. Null until it was applied.' })
  applied!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Rows that were not: see `run { rejectedRows }`. Null until it was applied.',
  })
  rejected!: number | null;

  @Field(() => Int, { description: 'How often its application was tried.' })
  attempts!: number;
}

@ObjectType({ description: 'A page of deliveries, newest first.' })
export class OneCDeliveryConnection extends connectionOf(OneCDelivery, 'OneCDelivery') {
  @Field(() => Int, { description: 'How many deliveries match. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'What came of a replay.' })
export class ReplayOneCDeliveryPayload {
  @Field(() => OneCDelivery, {
    nullable: true,
    description: 'The delivery: RECEIVED while it waits for its application; as it was where there was nothing to do.',
  })
  delivery!: OneCDelivery | null;

  @Field(() => [UserError], { description: deliveryError.description })
  userErrors!: UserError[];
}
