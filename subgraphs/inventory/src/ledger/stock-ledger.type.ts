import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { StockLedgerEntity } from './stock-ledger.entity.ts';

export enum StockChangeReason {
  SYNC = 'SYNC',
  SNAPSHOT = 'SNAPSHOT',
  MOVED = 'MOVED',
}
registerEnumType(StockChangeReason, {
  name: 'StockChangeReason',
  description: 'Why a quantity changed.',
  valuesConfig: {
    SYNC: { description: '1C said so.' },
    SNAPSHOT: { description: '1C did not mention the good in a full export, so there is none.' },
    MOVED: { description: 'The stock had come under a barcode or a former SKU of the good.' },
  },
});

@ObjectType({ description: 'One change of the quantity of one good in one warehouse. For staff.' })
export class StockLedgerEntry
  implements Pick<StockLedgerEntity, 'id' | 'source' | 'runId' | 'actor' | 'observedAt' | 'createdAt'>
{
  @Field(() => ID, { description: 'Number of the entry; later changes have greater ones.' })
  id!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'The quantity before, in the good’s unit; null where there was no stock row.',
  })
  fromQuantity!: number | null;

  @Field(() => Float, { description: 'The quantity after, in the good’s unit.' })
  toQuantity!: number;

  @Field(() => StockChangeReason, { description: 'Why it changed.' })
  reason!: StockChangeReason;

  @Field(() => String, { description: 'Which scraper or service said so, as the sync named itself.' })
  source!: string;

  @Field(() => ID, { description: 'The sync run that changed it (UUID).' })
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
