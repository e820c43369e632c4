import { Decimal } from '@gastronom/shared/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { OrderLineEntity } from './order-line.entity.ts';

export enum LineRefusal {
  INSUFFICIENT = 'INSUFFICIENT',
  UNKNOWN_PRODUCT = 'UNKNOWN_PRODUCT',
  NOT_AVAILABLE = 'NOT_AVAILABLE',
}
registerEnumType(LineRefusal, {
  name: 'LineRefusal',
  description: 'Why goods of the house could not be reserved.',
  valuesConfig: {
    INSUFFICIENT: { description: 'There was less than was asked for.' },
    UNKNOWN_PRODUCT: { description: 'The catalogue does not know the good any more.' },
    NOT_AVAILABLE: { description: 'The shop does not sell it at the moment.' },
  },
});

@ObjectType({
  description: 'One good of a supplier’s order, with name, price and tax as they were when it was placed.',
})
export class OrderLine
  implements
    Pick<
      OrderLineEntity,
      'id' | 'position' | 'name' | 'unit' | 'baseUnit' | 'packSize' | 'taxRate' | 'taxIncluded' | 'catchWeight' | 'note'
    >
{
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => Int, { description: 'Its place in the supplier’s order, from 1.' })
  position!: number;

  @Field(() => String, { nullable: true, description: 'What the supplier calls it.' })
  supplierSku!: string | null;

  @Field(() => String, { nullable: true, description: 'Its GTIN, where one is known.' })
  gtin!: string | null;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'In what it is ordered: a pack, as `BOX`.' })
  unit!: string;

  @Field(() => String, { description: 'The unit of what a pack holds: `KILOGRAM`, `LITRE` or `PIECE`.' })
  baseUnit!: string;

  @Field(() => Decimal, { description: 'How many base units a pack holds.' })
  packSize!: string;

  @Field(() => Decimal, { description: 'The tax on it, in per cent.' })
  taxRate!: string;

  @Field(() => Boolean, { description: 'Whether the price includes the tax.' })
  taxIncluded!: boolean;

  @Field(() => Boolean, { description: 'Whether it is paid by the weight that is delivered.' })
  catchWeight!: boolean;

  @Field(() => LineRefusal, {
    nullable: true,
    description: 'Why it could not be reserved; null for a line that was, and for goods that need no reservation.',
  })
  refusal!: LineRefusal | null;

  @Field(() => String, { nullable: true, description: 'What the buyer wrote to it.' })
  note!: string | null;
}
