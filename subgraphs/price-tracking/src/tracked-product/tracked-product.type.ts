import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime, Decimal } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { ContentUnitName, TrackedProductEntity } from './tracked-product.entity.ts';
import { trackedProductError } from './tracked-product.errors.ts';

export enum ContentUnit {
  KG = 'KG',
  L = 'L',
  PIECE = 'PIECE',
}
registerEnumType(ContentUnit, {
  name: 'ContentUnit',
  description: 'What the contents of a tracked product are measured in.',
  valuesConfig: {
    KG: { description: 'Kilograms.' },
    L: { description: 'Litres.' },
    PIECE: { description: 'Pieces, as eggs in a box.' },
  },
});

export enum ItemCondition {
  NEW = 'NEW',
  LIKE_NEW = 'LIKE_NEW',
  GOOD = 'GOOD',
  FAIR = 'FAIR',
  POOR = 'POOR',
}
registerEnumType(ItemCondition, {
  name: 'ItemCondition',
  description: 'In what condition a thing is sold, in words that all shops have in common.',
  valuesConfig: {
    NEW: { description: 'Never used.' },
    LIKE_NEW: { description: 'Used, and nothing shows it.' },
    GOOD: { description: 'Used, with small marks.' },
    FAIR: { description: 'Used, with plain marks.' },
    POOR: { description: 'Damaged, or for its parts.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({
  description: 'What somebody watches the price of, in as many stores as they like. Seen by its owner alone.',
})
export class TrackedProduct
  implements
    Pick<
      TrackedProductEntity,
      | 'id'
      | 'name'
      | 'sku'
      | 'gtin'
      | 'imageUrl'
      | 'condition'
      | 'size'
      | 'contentAmount'
      | 'contentUnit'
      | 'isFavourite'
    >
{
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'What its owner calls it.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Of a listing that a scrape found, made of its shop’s name and number, as `MERC-m123`; null otherwise.',
  })
  sku!: string | null;

  @Field(() => String, { nullable: true, description: 'Its barcode: 8, 12, 13 or 14 digits.' })
  gtin!: string | null;

  @Field(() => String, { nullable: true, description: 'Where a picture of it is, in one of its stores.' })
  imageUrl!: string | null;

  @Field(() => ItemCondition, { nullable: true, description: 'Its condition, where it is one used thing.' })
  condition!: TrackedProductEntity['condition'];

  @Field(() => String, { nullable: true, description: 'Its size, as `XL` or `EU 42`, where it has one.' })
  size!: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'How much one piece holds, in `contentUnit`: unit prices are counted with it.',
  })
  contentAmount!: string | null;

  @Field(() => ContentUnit, { nullable: true, description: 'What `contentAmount` is measured in.' })
  contentUnit!: ContentUnitName | null;

  @Field(() => Boolean, { description: 'Whether its owner holds it dear.' })
  isFavourite!: boolean;

  @Field(() => String, { nullable: true, description: 'What its owner noted down.' })
  notes!: string | null;

  @Field(() => DateTime, { description: 'Since when it is watched.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of tracked products.' })
export class TrackedProductConnection extends connectionOf(TrackedProduct, 'TrackedProduct') {
  @Field(() => Int, { description: 'How many match. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'What became of a tracked product.' })
export class TrackedProductPayload {
  @Field(() => TrackedProduct, { nullable: true, description: 'The product; null when the input was refused.' })
  product!: TrackedProductEntity | null;

  @Field(() => [UserError], { description: trackedProductError.description })
  userErrors!: readonly UserError[];
}

@ObjectType({ description: 'What became of a tracked product that was to be deleted.' })
export class DeleteTrackedProductPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the product that is no more; null when it was refused.' })
  deletedTrackedProductId!: string | null;

  @Field(() => [UserError], { description: trackedProductError.description })
  userErrors!: readonly UserError[];
}
