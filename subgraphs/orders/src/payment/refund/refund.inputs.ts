import { Decimal } from '@gastronom/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A line that is given back, or a part of it.' })
export class RefundLineInput {
  @Field(() => ID, { description: 'Id of the line.' })
  lineId!: string;

  @Field(() => Decimal, { description: 'How many packs of it.' })
  quantity!: string;
}

@InputType({ description: 'What is given back of a supplier’s order: an amount, or lines at what was paid for them.' })
export class RefundSupplierOrderInput {
  @Field(() => ID, { description: 'Id of the supplier’s order.' })
  supplierOrderId!: string;

  @Field(() => Decimal, { nullable: true, description: 'In the order’s currency.' })
  amount?: string | null;

  @Field(() => [RefundLineInput], { nullable: true, description: 'In place of an amount.' })
  lines?: RefundLineInput[] | null;

  @Field(() => String, { description: 'For the buyer: 1 to 500 characters.' })
  reason!: string;

  @Field(() => String, { description: 'New for each refund: the same again is the same refund.' })
  idempotencyKey!: string;
}
