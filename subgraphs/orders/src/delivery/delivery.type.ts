import { DateTime, Decimal } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { fulfilmentError } from '../supplier-order/refusal.ts';
import { SupplierOrder } from '../supplier-order/supplier-order.type.ts';
import { OrderParty } from '../supplier-order/transition.type.ts';
import type { DeliveryEntity, DeliveryLineEntity, DeliveryRevisionEntity, ToldLine } from './delivery.entity.ts';

export enum DeliveryStatus {
  MARKED = 'MARKED',
  CORRECTED = 'CORRECTED',
}
registerEnumType(DeliveryStatus, {
  name: 'DeliveryStatus',
  description: 'How it stands with what was told of a delivery.',
  valuesConfig: {
    MARKED: { description: 'As it was told first.' },
    CORRECTED: { description: 'Told otherwise afterwards, by the buyer’s people or staff.' },
  },
});

@ObjectType({ description: 'What arrived of one line in one delivery. Quantities are packs.' })
export class DeliveryLine implements Pick<DeliveryLineEntity, 'note'> {
  @Field(() => String, { nullable: true, description: 'What was written to it.' })
  note!: string | null;
}

@ObjectType({ description: 'What was told of a line at one time.' })
export class DeliveryRevisionLine implements ToldLine {
  @Field(() => ID, { description: 'The line of the order (UUID).' })
  lineId!: string;

  @Field(() => Decimal, { description: 'How many packs came.' })
  received!: string;

  @Field(() => Decimal, { description: 'How many of them were damaged.' })
  damaged!: string;

  @Field(() => Decimal, { nullable: true, description: 'What they weighed, in base units, where that was told.' })
  weight!: string | null;
}

@ObjectType({ description: 'A delivery as it was told at one time.' })
export class DeliveryRevision implements Pick<DeliveryRevisionEntity, 'revision' | 'markedAt' | 'reason'> {
  @Field(() => Int, { description: 'Its number, from 1.' })
  revision!: number;

  @Field(() => OrderParty, { description: 'Whose people told it.' })
  markedFor!: OrderParty;

  @Field(() => DateTime, { description: 'When it was told.' })
  markedAt!: Date;

  @Field(() => String, { nullable: true, description: 'Why it was corrected; null for what was told first.' })
  reason!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'What arrived of a supplier’s order at one time, as it was told last.' })
export class Delivery
  implements
    Pick<
      DeliveryEntity,
      | 'id'
      | 'number'
      | 'revision'
      | 'deliveredAt'
      | 'complete'
      | 'temperatureNote'
      | 'signedBy'
      | 'note'
      | 'photos'
      | 'markedAt'
    >
{
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => Int, { description: 'Its place among the deliveries of the order, from 1.' })
  number!: number;

  @Field(() => DeliveryStatus, { description: 'Whether it was corrected.' })
  status!: DeliveryStatus;

  @Field(() => Int, { description: 'Raised by each correction.' })
  revision!: number;

  @Field(() => DateTime, { description: 'When it arrived.' })
  deliveredAt!: Date;

  @Field(() => Boolean, { description: 'Whether nothing more of the order was expected after it.' })
  complete!: boolean;

  @Field(() => String, { nullable: true, description: 'How cold it was, in the words of whoever looked.' })
  temperatureNote!: string | null;

  @Field(() => String, { nullable: true, description: 'Who signed for it.' })
  signedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'What was written to it.' })
  note!: string | null;

  @Field(() => [String], { description: 'Addresses of photos of it, as they were given.' })
  photos!: string[];

  @Field(() => OrderParty, { description: 'Whose people told of it last.' })
  markedFor!: OrderParty;

  @Field(() => DateTime, { description: 'When it was told last.' })
  markedAt!: Date;
}

@ObjectType({ description: 'A delivery that was told of.' })
export class DeliveryPayload {
  @Field(() => Delivery, { nullable: true, description: 'As it stands now; null if it was refused.' })
  delivery!: Delivery | null;

  @Field(() => SupplierOrder, { nullable: true, description: 'The order that it is of; null if it was refused.' })
  supplierOrder!: SupplierOrder | null;

  @Field(() => [UserError], { description: fulfilmentError.description })
  userErrors!: UserError[];
}
