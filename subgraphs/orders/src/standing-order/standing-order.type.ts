import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CartFinding } from '../cart/cart-finding.type.ts';
import { standingOrderError } from './standing-order.errors.ts';
import type { StandingOrderRow } from './standing-order.row.ts';

export enum StandingOrderFailure {
  NOTHING_ORDERABLE = 'NOTHING_ORDERABLE',
  MISSED = 'MISSED',
}
registerEnumType(StandingOrderFailure, {
  name: 'StandingOrderFailure',
  description: 'Why nothing was ordered at a time.',
  valuesConfig: {
    NOTHING_ORDERABLE: { description: 'No line could be ordered: `findings` say why.' },
    MISSED: { description: 'Suppliers, or we, were away until hours later.' },
  },
});

@ObjectType({ description: 'One offer of a standing order.' })
export class StandingOrderLine {
  @Field(() => ID, { description: 'The offer’s id.' })
  offerId!: string;

  @Field(() => String, { description: 'The offer’s name when it was put in.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What the buyer wrote to it.' })
  note!: string | null;
}

@ObjectType({ description: 'What one supplier would deliver of a standing order’s next time.' })
export class StandingOrderNextSupplier {
  @Field(() => ID, { description: 'The supplier’s id.' })
  supplierId!: string;

  @Field(() => String, { description: 'The supplier’s name.' })
  supplierName!: string;

  @Field(() => String, { nullable: true, description: 'The day, as `2026-11-24`; null for no particular one.' })
  deliverOn!: string | null;

  @Field(() => String, { nullable: true, description: 'From when on that day, as `08:00`; null for any time.' })
  deliverFrom!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when that day can be ordered; null where there is none.',
  })
  cutOffAt!: Date | null;
}

@ObjectType({
  description: 'The next time of a standing order. Until it is placed it can be changed: `changeNextRun`.',
})
export class StandingOrderNextRun {
  @Field(() => DateTime, { description: 'When it is placed. From then on it cannot be changed or skipped.' })
  at!: Date;

  @Field(() => Boolean, { description: 'Whether it is otherwise than always, this time.' })
  isChanged!: boolean;

  @Field(() => [StandingOrderLine], { description: 'What is ordered.' })
  lines!: StandingOrderLine[];

  @Field(() => String, { nullable: true, description: 'What is written to all suppliers.' })
  note!: string | null;
}

@ObjectType({ description: 'What came of a standing order at one time.' })
export class StandingOrderRun {
  @Field(() => DateTime, { description: 'The time that it was for.' })
  dueAt!: Date;

  @Field(() => DateTime, { description: 'When it was tried.' })
  triedAt!: Date;

  @Field(() => StandingOrderFailure, { nullable: true, description: 'Why nothing was ordered; null where it was.' })
  failure!: StandingOrderFailure | null;

  @Field(() => [CartFinding], {
    description: 'What kept lines from being ordered, and what the buyer should know. `lineId` is the offer’s id.',
  })
  findings!: CartFinding[];
}

@ObjectType({
  description:
    'What a buyer orders again and again, on invoice, at prices of each time. What cannot be ordered is left out, and the buyer’s people are told.',
})
export class StandingOrder
  implements
    Pick<
      StandingOrderRow,
      'id' | 'name' | 'cron' | 'timeZone' | 'skipDates' | 'note' | 'isPaused' | 'version' | 'lines'
    >
{
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'What the buyer calls it.' })
  name!: string;

  @Field(() => String, { description: 'When it is placed, as a cron expression of five fields.' })
  cron!: string;

  @Field(() => String, { description: 'IANA time zone of its days and times.' })
  timeZone!: string;

  @Field(() => [String], { description: 'Days without it, as `2026-12-24`.' })
  skipDates!: string[];

  @Field(() => String, { nullable: true, description: 'What the buyer writes to all suppliers.' })
  note!: string | null;

  @Field(() => Boolean, { description: 'Whether it rests.' })
  isPaused!: boolean;

  @Field(() => Int, { description: 'Raised with each change: see `expectedVersion`.' })
  version!: number;

  @Field(() => [StandingOrderLine], { description: 'What is always ordered.' })
  lines!: (StandingOrderLine & { readonly quantity: string })[];
}

@ObjectType({ description: 'A standing order that was to be made or changed.' })
export class StandingOrderPayload {
  @Field(() => StandingOrder, { nullable: true, description: 'As it is now; null when it was refused.' })
  standingOrder!: StandingOrder | null;

  @Field(() => [UserError], { description: standingOrderError.description })
  userErrors!: UserError[];
}
