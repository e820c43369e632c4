import { Field, InputType } from 'type-graphql';
import { TargetPriceInput } from '../tracked-product/tracked-product.inputs.ts';

@InputType({ description: 'A page whose product is to be watched from now on.' })
export class QuickAddByUrlInput {
  @Field(() => String, { description: 'Address of the page: http or https, at most 2,000 characters.' })
  url!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it is called: 1 to 300 characters; by default as the page says.',
  })
  name?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether its owner holds it dear; not by default.' })
  isFavourite?: boolean | null;

  @Field(() => TargetPriceInput, { nullable: true, description: 'The price that its owner waits for.' })
  targetPrice?: TargetPriceInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the page is added all the same where no price could be read: it is looked at again. Pages that are gone and addresses that may not be asked never are. Not by default.',
  })
  evenWithoutPrice?: boolean | null;
}
