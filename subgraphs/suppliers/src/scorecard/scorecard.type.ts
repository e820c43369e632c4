import { Money } from '@gastronom/shared/money.type';
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ScorecardPeriod {
  DAY = 'DAY',
  WEEK = 'WEEK',
  MONTH = 'MONTH',
  QUARTER = 'QUARTER',
}
registerEnumType(ScorecardPeriod, {
  name: 'ScorecardPeriod',
  description: 'How long a scorecard’s period is, in the supplier’s time zone.',
  valuesConfig: {
    DAY: { description: 'A day.' },
    WEEK: { description: 'From Monday to Sunday.' },
    MONTH: { description: 'A calendar month.' },
    QUARTER: { description: 'Three calendar months.' },
  },
});

@ObjectType({ description: 'What the shares of a scorecard are made of. For the supplier itself and admins.' })
export class ScorecardDetails {
  @Field(() => Int, { description: 'Orders that ended in the period with a promised day, rejected ones among them.' })
  promised!: number;

  @Field(() => Int, { description: 'Orders that came on time.' })
  onTimeOrders!: number;

  @Field(() => Int, { description: 'Orders that came in full.' })
  inFullOrders!: number;

  @Field(() => Int, { description: 'Orders that the supplier rejected, or called off.' })
  rejectedOrders!: number;

  @Field(() => Int, { description: 'Lines of the orders that ended.' })
  lines!: number;

  @Field(() => Int, { description: 'Orders that the supplier confirmed or rejected in the period.' })
  answers!: number;

  @Field(() => Int, { description: 'Invoices that were matched in the period.' })
  invoices!: number;

  @Field(() => Int, { description: 'Invoices without any difference.' })
  accurateInvoices!: number;

  @Field(() => Money, { description: 'What was invoiced more than the ordered prices come to; less, where negative.' })
  priceVarianceAmount!: Money;
}

/**
 * The measures are those of SCOR (ASCM, Supply Chain Operations Reference model, version 12) where it has them, and of the
 * ASCM/APICS Dictionary otherwise; each formula stands at its field.
 */
@ObjectType({
  description:
    'How a supplier did in a period. An order counts where it ended: with its last delivery, or where the supplier rejected it or called it off; one that its buyer called off counts nowhere. Shares are from 0 to 1, null where there was nothing to share.',
})
export class Scorecard {
  @Field(() => String, { description: 'First day of the period, as `2026-11-01`.' })
  startsOn!: string;

  @Field(() => String, { description: 'Last day of the period.' })
  endsOn!: string;

  @Field(() => Int, { description: 'Orders that ended in the period.' })
  orders!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Orders whose last delivery came by the end of the promised window, of those with a promised day; one that was rejected or called off by the supplier is not on time. SCOR RL.2.2, delivery performance to customer commit date.',
  })
  onTime!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Orders of which every line came undamaged in the quantity that was ordered, of all. SCOR RL.2.1, percentage of orders delivered in full.',
  })
  inFull!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Orders that came both on time and in full, of those with a promised day. SCOR RL.1.1, perfect order fulfilment, in its delivery part.',
  })
  otif!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mean over all lines of what came undamaged ÷ what was ordered, a line at most 1. Each line weighs the same, as kilograms and pieces do not add up; a substitute is not what was ordered. APICS Dictionary, fill rate.',
  })
  fillRate!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mean over all lines that came of what was damaged ÷ what came. The complement of SCOR RL.2.4, perfect condition.',
  })
  rejectedQuantity!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Invoiced less ordered, for what was received, ÷ what the ordered prices come to: 0.02 is two per cent dearer. APICS Dictionary, purchase price variance.',
  })
  priceVariance!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Invoices that agreed with what was ordered and received, of those matched. SCOR RL.2.3, documentation accuracy.',
  })
  invoiceAccuracy!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Hours from an order to the supplier’s yes or no, the median over those answered in the period. A part of SCOR RS.1.1, order fulfilment cycle time.',
  })
  responseHours!: number | null;

  @Field(() => ScorecardDetails, {
    nullable: true,
    description: 'What the shares are made of. For the supplier itself and admins; null for others.',
  })
  details!: ScorecardDetails | null;
}

@ObjectType({ description: 'What a recomputation of scorecards came to.' })
export class RecomputeScorecardsPayload {
  @Field(() => Int, { description: 'Facts of which the scores were made anew.' })
  facts!: number;
}
