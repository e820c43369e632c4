import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, ObjectType } from 'type-graphql';
import type { CustomerGroupEntity } from './customer-group.entity.ts';
import { customerGroupError } from './customer-group.errors.ts';

@ObjectType({ description: 'Customers of a supplier that have prices in common. For the supplier itself and admins.' })
export class CustomerGroup implements Omit<CustomerGroupEntity, 'supplierId'> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;
}

@ObjectType({ description: 'What became of a group of customers.' })
export class CustomerGroupPayload {
  @Field(() => CustomerGroup, { nullable: true, description: 'The group; null when the input was refused.' })
  group!: CustomerGroupEntity | null;

  @Field(() => [UserError], { description: customerGroupError.description })
  userErrors!: readonly UserError[];
}
