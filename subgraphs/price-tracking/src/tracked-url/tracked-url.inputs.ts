import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A page that shows a tracked product.' })
export class AddTrackedUrlInput {
  @Field(() => ID, { description: 'The product (UUID).' })
  productId!: string;

  @Field(() => String, {
    description: 'Address of the page: http or https, at most 2,000 characters. Its store is made where there is none.',
  })
  url!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is to stand for the product. The first page does so anyway; others not by default.',
  })
  isPrimary?: boolean | null;
}

@InputType({ description: 'What is to change of a page; what is left out stays.' })
export class UpdateTrackedUrlInput {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is looked at. One that is looked at again is due at once, its failures forgotten.',
  })
  isActive?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: '`true`: it stands for its product from now on. To take that away, give it to another page.',
  })
  isPrimary?: boolean | null;
}
