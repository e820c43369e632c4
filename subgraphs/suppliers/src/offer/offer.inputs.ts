import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'Which offers to list; all conditions hold together.' })
export class OfferFilter {
  @Field(() => ID, { nullable: true, description: 'Of one supplier (UUID).' })
  supplierId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the name contains, case does not matter; or the supplier’s own code.',
  })
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'GTIN of the pack, with or without zeros before it.' })
  gtin?: string | null;

  @Field(() => String, { nullable: true, description: 'SKU of the goods in the catalogue.' })
  productSku?: string | null;
}
