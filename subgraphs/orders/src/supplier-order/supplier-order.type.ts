import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { SupplierOrderEntity } from './supplier-order.entity.ts';

export enum SupplierOrderStatus {
  PENDING = 'PENDING',
  REFUSED = 'REFUSED',
  PLACED = 'PLACED',
  CONFIRMED = 'CONFIRMED',
  PARTLY_CONFIRMED = 'PARTLY_CONFIRMED',
  REJECTED = 'REJECTED',
  SHIPPED = 'SHIPPED',
  DELIVERED = 'DELIVERED',
  PARTLY_DELIVERED = 'PARTLY_DELIVERED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(SupplierOrderStatus, {
  name: 'SupplierOrderStatus',
  description: 'How far one supplier’s part of an order is.',
  valuesConfig: {
    PENDING: { description: 'Being placed, or waits for approval or payment: the supplier does not see it yet.' },
    REFUSED: { description: 'Could not be reserved: its lines say what was missing.' },
    PLACED: { description: 'The supplier has it.' },
    CONFIRMED: { description: 'The supplier promised all of it.' },
    PARTLY_CONFIRMED: { description: 'The supplier promised less than was ordered.' },
    REJECTED: { description: 'The supplier will not deliver it.' },
    SHIPPED: { description: 'On its way.' },
    DELIVERED: { description: 'Received, and nothing more is expected.' },
    PARTLY_DELIVERED: { description: 'Received in part; the rest is expected.' },
    CANCELLED: { description: 'Called off.' },
  },
});

export enum CancelUntil {
  CUT_OFF = 'CUT_OFF',
  CONFIRMED = 'CONFIRMED',
  SHIPPED = 'SHIPPED',
}
registerEnumType(CancelUntil, {
  name: 'CancelUntil',
  description: 'Until when the buyer may cancel.',
  valuesConfig: {
    CUT_OFF: { description: 'Until the cut-off of the delivery day.' },
    CONFIRMED: { description: 'Until the supplier confirms it.' },
    SHIPPED: { description: 'Until the supplier ships it.' },
  },
});

export enum Substitution {
  ALLOW = 'ALLOW',
  ASK = 'ASK',
  REFUSE = 'REFUSE',
}
registerEnumType(Substitution, {
  name: 'Substitution',
  description: 'Whether the supplier may send something else for what it lacks.',
  valuesConfig: {
    ALLOW: { description: 'It may.' },
    ASK: { description: 'It proposes, and the buyer answers.' },
    REFUSE: { description: 'It may not.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'The part of an order that one supplier delivers. Buyer and supplier see it, the supplier once it is placed.',
})
export class SupplierOrder
  implements
    Pick<
      SupplierOrderEntity,
      'id' | 'number' | 'version' | 'supplierName' | 'isHouse' | 'deliverOn' | 'timeZone' | 'cutOffAt' | 'currency'
    >
{
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'Its number for people: the order’s and its place in it, as `2026-000042-1`.' })
  number!: string;

  @Field(() => SupplierOrderStatus, { description: 'How far it is.' })
  status!: SupplierOrderStatus;

  @Field(() => Int, { description: 'Raised with each change: send it back with a command to be told of others’ acts.' })
  version!: number;

  @Field(() => String, { description: 'What the supplier was called when it was placed.' })
  supplierName!: string;

  @Field(() => Boolean, { description: 'Whether the shop itself delivers it.' })
  isHouse!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The day of delivery, as `2026-11-24`; null if none was chosen.',
  })
  deliverOn!: string | null;

  @Field(() => String, { description: 'IANA time zone of its day, times and cut-off.' })
  timeZone!: string;

  @Field(() => DateTime, { nullable: true, description: 'Until when the day of delivery can be ordered.' })
  cutOffAt!: Date | null;

  @Field(() => CancelUntil, { description: 'Until when the buyer may cancel it.' })
  cancelUntil!: CancelUntil;

  @Field(() => Substitution, { description: 'Whether something else may come for what is missing.' })
  substitution!: Substitution;

  @Field(() => String, { description: 'ISO 4217 code of all its amounts.' })
  currency!: string;

  @Field(() => String, { nullable: true, description: 'What the buyer wrote to this supplier.' })
  note!: string | null;

  @Field(() => DateTime, { description: 'When the buyer asked for it.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it reached the supplier.' })
  placedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the supplier confirmed it.' })
  confirmedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was shipped.' })
  shippedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was received.' })
  deliveredAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was cancelled.' })
  cancelledAt!: Date | null;
}

@ObjectType({ description: 'A page of suppliers’ orders, newest first.' })
export class SupplierOrderConnection extends connectionOf(SupplierOrder, 'SupplierOrder') {
  @Field(() => Int, { description: 'How many match. Counted only when asked for.' })
  totalCount?: number;
}
