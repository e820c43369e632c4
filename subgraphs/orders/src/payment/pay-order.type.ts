import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ObjectType } from 'type-graphql';
import { payOrderError } from './pay-order.errors.ts';

@ObjectType({ description: 'How an order is to be paid.' })
export class PayOrderPayload {
  @Field(() => [UserError], { description: payOrderError.description })
  userErrors!: UserError[];
}
