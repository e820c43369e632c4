import { DateTime } from '@gastronom/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';
import { OrderStatus } from './order.type.ts';

@InputType({ description: 'Which orders; what is left out does not matter.' })
export class OrderFilter {
  @Field(() => [OrderStatus], { nullable: true, description: 'In one of these states.' })
  statuses?: OrderStatus[] | null;

  @Field(() => ID, { nullable: true, description: 'With a part for this supplier.' })
  supplierId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Asked for at this moment or later.' })
  createdFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Asked for before this moment.' })
  createdBefore?: Date | null;
}
