import { DateTime, Decimal } from '@gastronom/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'What arrived of one line.' })
export class DeliveredLineInput {
  @Field(() => ID, { description: 'The line (UUID).' })
  lineId!: string;

  @Field(() => Decimal, { description: 'How many packs came, damaged or not: at most what was outstanding.' })
  received!: string;

  @Field(() => Decimal, { nullable: true, description: 'How many of them nobody can use: 0 by default.' })
  damaged?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'What they really weigh together, in base units, for goods that are paid by weight (`catchWeight`).',
  })
  weight?: string | null;

  @Field(() => String, { nullable: true, description: 'What there is to say of it: at most 500 characters.' })
  note?: string | null;
}

@InputType()
class DeliveryPapers {
  @Field(() => String, {
    description: 'One of your own for each call, 1 to 200 characters: the same again answers the same.',
  })
  idempotencyKey!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it arrived: now by default, as it was in a correction.' })
  deliveredAt?: Date | null;

  @Field(() => [DeliveredLineInput], {
    nullable: true,
    description:
      'What arrived. Lines that are left out came in full, or not at all where a rest follows; a correction leaves them as they were.',
  })
  lines?: DeliveredLineInput[] | null;

  @Field(() => String, { nullable: true, description: 'How cold it was, at most 500 characters.' })
  temperatureNote?: string | null;

  @Field(() => String, { nullable: true, description: 'Who signed for it, at most 200 characters.' })
  signedBy?: string | null;

  @Field(() => String, { nullable: true, description: 'What there is to say of it, at most 2,000 characters.' })
  note?: string | null;

  @Field(() => [String], { nullable: true, description: 'Addresses of photos, with https: at most 20.' })
  photos?: string[] | null;
}

@InputType({ description: 'That goods of a supplier’s order arrived.' })
export class MarkDeliveredInput extends DeliveryPapers {
  @Field(() => ID, { description: 'The supplier’s order (UUID).' })
  supplierOrderId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that you saw: if it is another by now, nothing is done.',
  })
  version?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether more of it will come: false by default.' })
  restFollows?: boolean | null;
}

@InputType({ description: 'That something else arrived than was told.' })
export class CorrectDeliveryInput extends DeliveryPapers {
  @Field(() => ID, { description: 'The delivery (UUID).' })
  deliveryId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The revision that you saw: if it is another by now, nothing is done.',
  })
  revision?: number | null;

  @Field(() => String, { description: 'Why, for the other side: at most 500 characters.' })
  reason!: string;
}
