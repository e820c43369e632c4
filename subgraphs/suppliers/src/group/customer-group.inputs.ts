import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A group of customers.' })
export class SaveCustomerGroupInput {
  @Field(() => ID, { nullable: true, description: 'The group to change (UUID); null makes one.' })
  id?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The supplier of a new group (UUID); by default that for which the person acts.',
  })
  supplierId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it is called: 1 to 100 characters, once for each supplier. A new one needs it.',
  })
  name?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Its members, restaurants’ organizations (UUID): they take the place of those that were there. At most 1,000.',
  })
  organizationIds?: string[] | null;
}
