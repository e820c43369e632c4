import { DateTime } from '@gastronom/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CartLineInput } from '../cart/cart.inputs.ts';

@InputType({ description: 'A standing order as it is to be, as a whole.' })
export class SaveStandingOrderInput {
  @Field(() => ID, { nullable: true, description: 'Which is changed; makes one when left out.' })
  id?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that was read; when it is another by now, nothing is done.',
  })
  expectedVersion?: number | null;

  @Field(() => String, { description: '1 to 200 characters.' })
  name!: string;

  @Field(() => String, {
    description:
      'When it is placed, as a cron expression of five fields: minute, hour, day of the month, month, day of the week. `30 6 * * MON,THU` is half past six on Mondays and Thursdays. At most once an hour. Choose a time before the suppliers’ cut-off.',
  })
  cron!: string;

  @Field(() => String, { description: 'On whose clocks: an IANA time zone, as `Europe/Stockholm`.' })
  timeZone!: string;

  @Field(() => [String], { nullable: true, description: 'Days without it, as `2026-12-24`; at most 366.' })
  skipDates?: string[] | null;

  @Field(() => String, { nullable: true, description: 'For all suppliers: at most 1,000 characters.' })
  note?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True lets it rest; false by default.' })
  isPaused?: boolean | null;

  @Field(() => [CartLineInput], { description: '1 to 500, of different offers.' })
  lines!: CartLineInput[];
}

@InputType({ description: 'What is ordered the next time, and then no more.' })
export class ChangeNextRunInput {
  @Field(() => ID, { description: 'The standing order’s id.' })
  standingOrderId!: string;

  @Field(() => DateTime, { description: 'Which time is meant: `nextRun.at` as it was read.' })
  at!: Date;

  @Field(() => [CartLineInput], {
    nullable: true,
    description: '1 to 500, of different offers; null orders as always again.',
  })
  lines?: CartLineInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'For all suppliers, this time: at most 1,000 characters.',
  })
  note?: string | null;
}
