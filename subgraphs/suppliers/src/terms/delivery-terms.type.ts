import { DateTime } from '@gastronom/shared/scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import type { PossibleDelivery } from './next-deliveries.ts';

@ObjectType({ description: 'A time of the week at which a supplier delivers. Times are local to it, as `08:00`.' })
export class DeliveryWindow {
  @Field(() => Int, { description: '1 (Monday) to 7 (Sunday).' })
  weekday!: number;

  @Field(() => String, { description: 'From when.' })
  from!: string;

  @Field(() => String, { description: 'Until when.' })
  to!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How many days before its orders close; null for the supplier’s own rule.',
  })
  cutOffDays!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'At what local time they close; null for the supplier’s own rule.',
  })
  cutOffTime!: string | null;
}

@ObjectType({ description: 'A date on which a supplier delivers otherwise than its weekday says.' })
export class DeliveryException {
  @Field(() => String, { description: 'The date, as `2026-12-24`.' })
  on!: string;

  @Field(() => Boolean, { description: 'Whether nothing is delivered.' })
  isClosed!: boolean;

  @Field(() => String, { nullable: true, description: 'From when; null on a closed day.' })
  from!: string | null;

  @Field(() => String, { nullable: true, description: 'Until when; null on a closed day.' })
  to!: string | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  note!: string | null;
}

@ObjectType({ description: 'A delivery that can still be ordered for.' })
export class NextDelivery implements PossibleDelivery {
  @Field(() => String, { description: 'Its date, as `2026-11-24`, local to the supplier.' })
  on!: string;

  @Field(() => String, { nullable: true, description: 'From when, as `08:00`.' })
  from!: string | null;

  @Field(() => String, { nullable: true, description: 'Until when.' })
  to!: string | null;

  @Field(() => DateTime, { description: 'Until when orders for it are taken.' })
  cutOffAt!: Date;
}
