import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { PriceAlertKindName } from './price-alert.entity.ts';
import { PriceAlertKind } from './price-alert.type.ts';
import type { RaisedPriceAlertEntity } from './raised-price-alert.entity.ts';

@ObjectType({ description: 'An alert that was raised, and what its owner was told. It goes with its page.' })
export class RaisedPriceAlert implements Pick<RaisedPriceAlertEntity, 'id' | 'kind' | 'days' | 'raisedAt'> {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => PriceAlertKind, { description: 'Why it was raised.' })
  kind!: PriceAlertKindName;

  @Field(() => Int, {
    nullable: true,
    description: 'How many days were looked back; null where it was the last price.',
  })
  days!: number | null;

  @Field(() => DateTime, { description: 'When the page was read.' })
  raisedAt!: Date;
}

@ObjectType({ description: 'A page of alerts that were raised, newest first.' })
export class RaisedPriceAlertConnection extends connectionOf(RaisedPriceAlert, 'RaisedPriceAlert') {
  @Field(() => Int, { description: 'How many match. Counted only when asked for.' })
  totalCount?: number;
}
