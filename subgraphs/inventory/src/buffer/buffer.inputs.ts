import { Field, Float, ID, InputType } from 'type-graphql';

@InputType({ description: 'The buffer of every good that has no other.' })
export class SetGlobalBufferInput {
  @Field(() => Float, {
    nullable: true,
    description:
      'How much to keep back of each good: 0 to 1,000,000, at most 3 decimals. Null goes back to the setting STOCK_BUFFER_DEFAULT.',
  })
  quantity!: number | null;
}

@InputType({ description: 'The buffer of a category’s goods.' })
export class SetCategoryBufferInput {
  @Field(() => ID, {
    description: 'The category (UUID). Those below it follow, unless they have a buffer of their own.',
  })
  categoryId!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'How much to keep back of each good: 0 to 1,000,000, at most 3 decimals. Null clears the override.',
  })
  quantity!: number | null;
}

@InputType({ description: 'The buffer of one good.' })
export class SetProductBufferInput {
  @Field(() => String, { description: '1C’s nomenclature code of the good.' })
  sku!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'How much to keep back: 0 to 1,000,000, at most 3 decimals. Null clears the override.',
  })
  quantity!: number | null;
}
