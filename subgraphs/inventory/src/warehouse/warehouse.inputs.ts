import { Field, Float, ID, InputType } from 'type-graphql';

@InputType({ description: 'A warehouse to be made.' })
export class CreateWarehouseInput {
  @Field(() => String, { description: 'What people will call it: 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { description: 'What 1C calls it, exactly: 1 to 100 characters.' })
  externalId!: string;

  @Field(() => String, { nullable: true, description: 'Where it stands: at most 500 characters.' })
  address?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True makes it the one that is meant where a sync names none. False by default.',
  })
  isDefault?: boolean | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'For how many minutes a count is fresh here: above 0, at most 525,600, with at most 3 decimals. The shop’s usual time (STOCK_FRESH_MINUTES) by default.',
  })
  freshMinutes?: number | null;
}

@InputType({ description: 'What is to change of a warehouse. What is left out stays.' })
export class UpdateWarehouseInput {
  @Field(() => ID, { description: 'Our own number of the warehouse.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What people will call it: 1 to 200 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Where it stands, at most 500 characters; null clears it.' })
  address?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True makes it the default in place of the present one. The default cannot be put to false.',
  })
  isDefault?: boolean | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'For how many minutes a count is fresh here: above 0, at most 525,600, with at most 3 decimals; null brings the shop’s usual time back.',
  })
  freshMinutes?: number | null;
}
