import { Decimal } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CartFinding } from '../cart/cart-finding.type.ts';
import { PaymentMethod } from '../order/order.type.ts';
import { placeOrderError } from './place-order.errors.ts';

@InputType({ description: 'How what lies in the cart is to be ordered.' })
export class PlaceOrderInput {
  @Field(() => String, {
    description:
      '1 to 200 characters, new for each order: the same key again gets the order that it stands for, and orders nothing.',
  })
  idempotencyKey!: string;

  @Field(() => PaymentMethod, { nullable: true, description: 'How it is paid; on invoice by default.' })
  paymentMethod?: PaymentMethod | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'The total that the buyer has seen: if it comes to another one, nothing is ordered.',
  })
  expectedTotal?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Orders what is of these suppliers alone, and leaves the rest in the cart; all by default.',
  })
  supplierIds?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True orders nothing when some supplier’s part cannot be reserved; by default the other parts are placed.',
  })
  allOrNothing?: boolean | null;

  @Field(() => String, { nullable: true, description: 'For all suppliers: at most 1,000 characters.' })
  note?: string | null;
}

@ObjectType({ description: 'How a card is charged for an order: with Stripe’s library, on the buyer’s device.' })
export class BegunPayment {
  @Field(() => ID, { description: 'The payment’s id.' })
  paymentId!: string;

  @Field(() => String, { nullable: true, description: 'Stripe’s client secret, for the buyer’s device alone.' })
  clientSecret!: string | null;
}

@ObjectType({ description: 'What became of an order.' })
export class PlaceOrderPayload {
  @Field(() => Boolean, { description: 'Whether the key stood for this order before.' })
  replayed!: boolean;

  @Field(() => [CartFinding], {
    description: 'What keeps the cart from being ordered, and what the buyer should know.',
  })
  findings!: CartFinding[];

  @Field(() => [UserError], { description: placeOrderError.description })
  userErrors!: UserError[];
}
