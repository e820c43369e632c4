import { Decimal } from '@gastronom/shared/scalars';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';

export enum RestOfOrder {
  DROP = 'DROP',
  BACK_ORDER = 'BACK_ORDER',
}
registerEnumType(RestOfOrder, {
  name: 'RestOfOrder',
  description: 'What becomes of what a supplier cannot deliver now.',
  valuesConfig: {
    DROP: { description: 'It does not come.' },
    BACK_ORDER: { description: 'It stays open, as a supplier’s order of its own with the next number.' },
  },
});

const version = 'The version that you saw: if it is another by now, nothing is done. Null does not look at it.';
const target = 'The supplier’s order (UUID).';

@InputType({ description: 'What would come in place of what is missing.' })
export class SubstituteInput {
  @Field(() => ID, { description: 'The offer of the same supplier. Its price is what this buyer pays for it now.' })
  offerId!: string;

  @Field(() => Decimal, { description: 'How many packs of it.' })
  quantity!: string;
}

@InputType({ description: 'What is promised of one line.' })
export class ConfirmedLineInput {
  @Field(() => ID, { description: 'The line (UUID).' })
  lineId!: string;

  @Field(() => Decimal, { description: 'How many packs will come: from 0 to what was ordered.' })
  quantity!: string;

  @Field(() => SubstituteInput, {
    nullable: true,
    description: 'Something else for the rest. The buyer’s `substitution` says whether it stands, waits or is refused.',
  })
  substitute?: SubstituteInput | null;
}

@InputType({ description: 'What a supplier promises.' })
export class ConfirmSupplierOrderInput {
  @Field(() => ID, { description: target })
  supplierOrderId!: string;

  @Field(() => Int, { nullable: true, description: version })
  version?: number | null;

  @Field(() => [ConfirmedLineInput], {
    nullable: true,
    description: 'Lines of which less is promised. Those that are left out are promised in full; null promises all.',
  })
  lines?: ConfirmedLineInput[] | null;

  @Field(() => RestOfOrder, {
    nullable: true,
    description: 'What becomes of the rest, unless a substitute comes: `DROP` by default.',
  })
  rest?: RestOfOrder | null;
}

@InputType({ description: 'Why a supplier’s order comes to an end.' })
export class EndSupplierOrderInput {
  @Field(() => ID, { description: target })
  supplierOrderId!: string;

  @Field(() => Int, { nullable: true, description: version })
  version?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why, for the other side: at most 500 characters. Only a buyer who cancels may leave it out.',
  })
  reason?: string | null;
}

@InputType({ description: 'That goods are on their way.' })
export class ShipSupplierOrderInput {
  @Field(() => ID, { description: target })
  supplierOrderId!: string;

  @Field(() => Int, { nullable: true, description: version })
  version?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'What helps to find them, as the carrier’s number: at most 500 characters.',
  })
  trackingNote?: string | null;
}

@InputType({ description: 'The buyer’s answer to a substitute.' })
export class AnswerSubstituteInput {
  @Field(() => ID, { description: target })
  supplierOrderId!: string;

  @Field(() => Int, { nullable: true, description: version })
  version?: number | null;

  @Field(() => ID, { description: 'The line of the substitute (UUID).' })
  lineId!: string;

  @Field(() => Boolean, { description: 'Whether it may come.' })
  accept!: boolean;
}
