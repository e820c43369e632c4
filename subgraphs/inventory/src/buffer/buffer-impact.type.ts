import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'What another global buffer would do to the goods that the catalogue shows. A good is sellable when more than nothing of it is available online. For staff.',
})
export class StockBufferImpact {
  @Field(() => Float, { description: 'The buffer that was asked about.' })
  buffer!: number;

  @Field(() => Float, { description: 'The global buffer of now.' })
  currentBuffer!: number;

  @Field(() => Int, { description: 'Goods that the catalogue shows.' })
  goods!: number;

  @Field(() => Int, {
    description: 'Goods of these with a buffer of their own or of a category: nothing changes for them.',
  })
  overridden!: number;

  @Field(() => Int, { description: 'Goods that would be sellable.' })
  sellable!: number;

  @Field(() => Int, { description: 'Goods that would not be sellable: without stock, kept back, or taken off sale.' })
  hidden!: number;

  @Field(() => Int, { description: 'Goods that are sellable now.' })
  sellableNow!: number;

  @Field(() => Int, { description: 'Goods that are not sellable now.' })
  hiddenNow!: number;

  @Field(() => Int, { description: 'Goods that are sellable now and would not be any more.' })
  wouldHide!: number;

  @Field(() => Int, { description: 'Goods that are not sellable now and would be.' })
  wouldShow!: number;
}
