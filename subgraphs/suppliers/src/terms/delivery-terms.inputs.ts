import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'A time of the week at which a supplier delivers. Times are local, as `08:00`.' })
export class DeliveryWindowInput {
  @Field(() => Int, { description: '1 (Monday) to 7 (Sunday).' })
  weekday!: number;

  @Field(() => String, { description: 'From when.' })
  from!: string;

  @Field(() => String, { description: 'Until when, on the same day.' })
  to!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How many days before its orders close, 0 to 14; by default the supplier’s.',
  })
  cutOffDays?: number | null;

  @Field(() => String, { nullable: true, description: 'At what local time they close; by default the supplier’s.' })
  cutOffTime?: string | null;
}

@InputType({ description: 'A date on which a supplier delivers otherwise than its weekday says.' })
export class DeliveryExceptionInput {
  @Field(() => String, { description: 'The date, as `2026-12-24`.' })
  on!: string;

  @Field(() => Boolean, { description: 'True: nothing is delivered. False: it is, within the window given.' })
  isClosed!: boolean;

  @Field(() => String, { nullable: true, description: 'From when, as `08:00`; of a day that is not closed.' })
  from?: string | null;

  @Field(() => String, { nullable: true, description: 'Until when; of a day that is not closed.' })
  to?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, for customers: at most 200 characters.' })
  note?: string | null;
}

@InputType({ description: 'When a supplier delivers. What is given takes the place of all that was there.' })
export class SetDeliveryDaysInput {
  @Field(() => ID, { description: 'The supplier (UUID).' })
  supplierId!: string;

  @Field(() => [DeliveryWindowInput], {
    nullable: true,
    description: 'Its week: at most 50 windows. Left out: as it was.',
  })
  windows?: DeliveryWindowInput[] | null;

  @Field(() => [DeliveryExceptionInput], {
    nullable: true,
    description: 'Holidays and days that are added: at most 200. Left out: as they were.',
  })
  exceptions?: DeliveryExceptionInput[] | null;
}
