import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { StockLedgerEntity } from './stock-ledger.entity.ts';

export enum StockChangeReason {
  SYNC = 'SYNC',
  SNAPSHOT = 'SNAPSHOT',
  MOVED = 'MOVED',
  RESERVED = 'RESERVED',
  RELEASED = 'RELEASED',
  EXPIRED = 'EXPIRED',
  HANDED_OVER = 'HANDED_OVER',
  SETTLED = 'SETTLED',
  REPAIRED = 'REPAIRED',
}
registerEnumType(StockChangeReason, {
  name: 'StockChangeReason',
  description: 'Why a quantity changed, or what is reserved of it.',
  valuesConfig: {
    SYNC: { description: '1C said so.' },
    SNAPSHOT: { description: '1C did not mention the good in a full export, so there is none.' },
    MOVED: {
      description: 'The stock had come under a barcode or a former SKU of the good; or what is reserved followed it.',
    },
    RESERVED: { description: 'It was reserved for an order.' },
    RELEASED: { description: 'The order was called off, or took less than it had reserved.' },
    EXPIRED: { description: 'It was reserved for longer than was meant.' },
    HANDED_OVER: { description: 'It left the shop, and stays subtracted until it is counted anew.' },
    SETTLED: { description: 'It was counted after it had left: the count shows that it is gone.' },
    REPAIRED: { description: 'The total had drifted from the reservations that it adds up, and was put right.' },
  },
});

@ObjectType({
  description:
    'One change of the quantity of one good in one warehouse, or of what is reserved of it in all of them. For staff.',
})
export class StockLedgerEntry
  implements Pick<StockLedgerEntity, 'id' | 'orderKey' | 'source' | 'runId' | 'actor' | 'observedAt' | 'createdAt'>
{
  @Field(() => ID, { description: 'Number of the entry; later changes have greater ones.' })
  id!: string;

  @Field(() => Float, {
    nullable: true,
    description:
      'The quantity before, in the good’s unit; null where there was no stock row. Of a reservation: the stock of all warehouses.',
  })
  fromQuantity!: number | null;

  @Field(() => Float, {
    description: 'The quantity after, in the good’s unit. Of a reservation: the stock of all warehouses, as before it.',
  })
  toQuantity!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The order that it was reserved for; null where it is about no single order.',
  })
  orderKey!: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'How much was subtracted from the stock of all warehouses before, reserved or handed over and not counted since; null of a count.',
  })
  fromReserved!: string | null;

  @Field(() => Float, { nullable: true, description: 'How much is subtracted after; null of a count.' })
  toReserved!: string | null;

  @Field(() => StockChangeReason, { description: 'Why it changed.' })
  reason!: StockChangeReason;

  @Field(() => String, {
    description: 'Which scraper or service said so, as the sync named itself; `reservations` for those.',
  })
  source!: string;

  @Field(() => ID, {
    description: 'The sync run that changed it (UUID); of a reservation, one id for all that changed with it.',
  })
  runId!: string;

  @Field(() => String, {
    description: 'Who changed it: `key:` and an API key’s id, `user:` and a person’s id, or a part of the product.',
  })
  actor!: string;

  @Field(() => DateTime, { description: 'The moment that the new quantity speaks of.' })
  observedAt!: Date;

  @Field(() => DateTime, { description: 'When the change was written.' })
  createdAt!: Date;
}

@ObjectType({ description: 'A page of stock changes, newest first.' })
export class StockLedgerConnection extends connectionOf(StockLedgerEntry, 'StockLedgerEntry') {
  @Field(() => Int, { description: 'How many changes there are. Counted only when asked for.' })
  totalCount?: number;
}
