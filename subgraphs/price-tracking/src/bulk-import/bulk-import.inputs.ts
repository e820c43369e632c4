import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A page that is to be watched.' })
export class BulkImportItemInput {
  @Field(() => String, { description: 'Its address: http or https, at most 2,000 characters.' })
  url!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it is to stand for the product. Of several that are created the last counts; none by default.',
  })
  setPrimary?: boolean | null;
}

@InputType({ description: 'Pages of one product that are to be watched.' })
export class BulkImportUrlsInput {
  @Field(() => [BulkImportItemInput], {
    description: 'The pages: at most 500, of which a call looks at the first 100.',
  })
  items!: BulkImportItemInput[];

  @Field(() => ID, {
    nullable: true,
    description:
      'The tracked product that they show (UUID); without it, one is made where at least one page is created.',
  })
  productId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was searched for: it names a product that is made; by default the first page does that is read.',
  })
  searchQuery?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether all pages of the product that were not read now are looked at as soon as may be. Not by default.',
  })
  enqueueRefresh?: boolean | null;
}
